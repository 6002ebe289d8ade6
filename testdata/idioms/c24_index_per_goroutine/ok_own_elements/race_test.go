package ok_own_elements

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
