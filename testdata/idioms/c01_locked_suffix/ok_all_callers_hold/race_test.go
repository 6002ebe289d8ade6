package ok_all_callers_hold

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
