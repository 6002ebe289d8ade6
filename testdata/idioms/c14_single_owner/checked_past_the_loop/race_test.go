package checked_past_the_loop

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
