package flag_in_callback

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]string{"x", "x", "a", "x"})
	}
}
