package ranged_outside_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(&positions{at: map[string]int{"a": 1, "b": 2, "c": 3, "d": 4}})
	}
}
