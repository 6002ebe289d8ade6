package wrong_one_of_two

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
