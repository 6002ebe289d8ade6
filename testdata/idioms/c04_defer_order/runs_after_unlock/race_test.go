package runs_after_unlock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
