package ok_owner_locks

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
