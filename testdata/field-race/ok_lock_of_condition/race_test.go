package ok_lock_of_condition

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c"})
	}
}
