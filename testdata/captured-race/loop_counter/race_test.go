package loop_counter

import "testing"

func TestRace(t *testing.T) {
	sum(8)
	for range 50 {
		pairs(8)
	}
}
