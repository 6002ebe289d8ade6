package ok_lock_two_calls_up

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
