package registered_after_enqueued

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
