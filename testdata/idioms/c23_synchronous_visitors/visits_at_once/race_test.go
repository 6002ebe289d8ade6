package visits_at_once

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
