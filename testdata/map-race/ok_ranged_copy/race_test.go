package ok_ranged_copy

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok(&positions{at: map[string]int{"a": 1, "b": 2, "c": 3, "d": 4}})
	}
}
