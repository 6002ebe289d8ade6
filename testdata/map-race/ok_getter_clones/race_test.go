package ok_getter_clones

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "d"})
	}
}
