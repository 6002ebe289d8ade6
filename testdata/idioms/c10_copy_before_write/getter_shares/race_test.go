package getter_shares

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
