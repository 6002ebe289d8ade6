package ok_copies

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok(&options{}, 5)
	}
}
