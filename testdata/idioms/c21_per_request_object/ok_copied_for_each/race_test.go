package ok_copied_for_each

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
