package ok_once_per_entry

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "a", "c", "a"})
	}
}
