package counted_loop_body

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		skipping(make([]int, 8))
	}
}
