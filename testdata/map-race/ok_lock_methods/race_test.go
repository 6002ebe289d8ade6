package ok_lock_methods

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok(6)
	}
}
