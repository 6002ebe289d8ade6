package removed_without_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
