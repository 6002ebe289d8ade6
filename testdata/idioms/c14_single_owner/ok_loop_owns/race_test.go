package ok_loop_owns

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
