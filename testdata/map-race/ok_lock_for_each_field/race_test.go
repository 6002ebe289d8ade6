package ok_lock_for_each_field

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "a"})
	}
}
