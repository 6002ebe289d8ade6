package past_the_wrapper

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
