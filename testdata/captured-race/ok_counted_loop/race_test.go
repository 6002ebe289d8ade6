package ok_counted_loop

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok(make([]int, 4), func(int) {})
	}
}
