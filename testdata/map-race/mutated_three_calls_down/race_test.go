package mutated_three_calls_down

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad()
	}
}
