package beside_the_closure

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
