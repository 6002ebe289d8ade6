package atomic_and_copy

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		serve(20)
	}
}
