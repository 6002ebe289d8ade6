package taken_below_the_first_use

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
