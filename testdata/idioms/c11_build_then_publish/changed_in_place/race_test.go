package changed_in_place

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
