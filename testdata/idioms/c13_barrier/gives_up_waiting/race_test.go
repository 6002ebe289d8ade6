package gives_up_waiting

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
