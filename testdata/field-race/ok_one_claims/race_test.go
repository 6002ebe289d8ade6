package ok_one_claims

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		serve([]string{"a", "b", "c", "d"})
	}
}
