package ok_set_once_under_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "d", "e"}, func() []string { return []string{"name"} })
	}
}
