package ok_runs_before_unlock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
