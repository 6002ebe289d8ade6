package ok_lock_of_each_entry

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "a", "a"})
	}
}
