package callback_in_field

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad()
	}
}
