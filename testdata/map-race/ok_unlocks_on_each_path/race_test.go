package ok_unlocks_on_each_path

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "d"})
	}
}
