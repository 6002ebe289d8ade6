package published_then_filled

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
