package closure_in_loop

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 100 {
		badDelete(badSet(keys), keys)
	}
}
