package ok_types_of_a_library

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		CountParts([][]string{{"a", "b"}, {"c"}, {"d", "e"}})
	}
}
