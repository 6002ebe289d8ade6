package ok_lock_in_callback

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 50 {
		ok(keys)
	}
}
