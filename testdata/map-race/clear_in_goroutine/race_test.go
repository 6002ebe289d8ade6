package clear_in_goroutine

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(nil)
	}
}
