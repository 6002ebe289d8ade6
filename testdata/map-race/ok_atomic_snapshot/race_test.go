package ok_atomic_snapshot

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "a"})
	}
}
