package two_locks

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(&registry{names: map[string]int{}})
	}
}
