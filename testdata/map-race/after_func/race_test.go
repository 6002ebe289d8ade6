package after_func

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		run(200)
	}
}
