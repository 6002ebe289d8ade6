package ok_counts_messages

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
