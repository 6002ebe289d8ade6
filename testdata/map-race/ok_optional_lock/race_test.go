package ok_optional_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		ok()
	}
}
