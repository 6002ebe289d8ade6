package ok_serialised_by_helper

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 50 {
		ok(keys)
	}
}
