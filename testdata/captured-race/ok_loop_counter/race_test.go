package ok_loop_counter

import "testing"

func TestRace(t *testing.T) {
	squares(8)
	halves(64, func(int) {})
}
