package ok_own_buffer

import "testing"

func TestRace(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 100 {
		report(names)
		lengths(names)
	}
}
