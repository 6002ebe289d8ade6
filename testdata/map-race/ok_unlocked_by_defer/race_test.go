package ok_unlocked_by_defer

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 50 {
		ok(keys)
	}
}
