package ok_copies_for_sources

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
