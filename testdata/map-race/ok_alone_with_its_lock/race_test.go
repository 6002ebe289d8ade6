package ok_alone_with_its_lock

import "testing"

func TestRace(t *testing.T) {
	for range 200 {
		run()
	}
}
