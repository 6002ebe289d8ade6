package ok_joined

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		okGroup()
		okChannel()
		okClose()
	}
}
