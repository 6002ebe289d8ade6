package ok_map_replaced_under_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "d"})
	}
}
