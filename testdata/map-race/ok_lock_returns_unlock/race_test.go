package ok_lock_returns_unlock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok([]string{"a", "b", "c", "a"})
	}
}
