package ok_gate

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok()
	}
}
