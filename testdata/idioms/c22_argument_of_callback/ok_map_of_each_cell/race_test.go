package ok_map_of_each_cell

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
