package ok_filled_before_enqueued

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if n := ok([]int{1, 2, 3, 4}, 3); n != 14 {
			t.Fatal(n)
		}
	}
}
