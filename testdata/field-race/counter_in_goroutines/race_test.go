package counter_in_goroutines

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(&job{}, 5)
	}
}
