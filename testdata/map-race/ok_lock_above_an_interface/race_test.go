package ok_lock_above_an_interface

import "testing"

func TestRace(t *testing.T) {
	for i := range 50 {
		ok([]string{"a", "b", "c", "a"}, i%2 == 0)
	}
}
