package ok_promoted_through_wrapper

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "d"})
	}
}
