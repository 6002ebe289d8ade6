package ok_state_of_a_closure

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		All([]string{"a", "bb", "ccc"})
	}
}
