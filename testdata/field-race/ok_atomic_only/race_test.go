package ok_atomic_only

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if _, sum := fill([]int64{1, 2, 3, 4}); sum != 11 {
			t.Fatal(sum)
		}
	}
}
