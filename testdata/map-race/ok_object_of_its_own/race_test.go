package ok_object_of_its_own

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 50 {
		ok(keys)
	}
}
