package left_when_cancelled

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
