package ok_fake_controller

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
