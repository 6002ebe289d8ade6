package callback_wrapped

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(8)
	}
}
