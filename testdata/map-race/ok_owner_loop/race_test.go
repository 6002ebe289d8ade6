package ok_owner_loop

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c", "a"})
	}
}
