package read_lock_to_write

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 50 {
		bad(keys)
	}
}
