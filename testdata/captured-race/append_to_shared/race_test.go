package append_to_shared

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]string{"a", "b", "c", "d", "e"})
	}
}
