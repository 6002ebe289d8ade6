package entries_of_another

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		th := newThrottler()
		th.start(200)
		th.stop()
	}
}
