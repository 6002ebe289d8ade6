package ok_locked_suffix

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "a", "b"})
	}
}
