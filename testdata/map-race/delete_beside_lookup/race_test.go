package delete_beside_lookup

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
