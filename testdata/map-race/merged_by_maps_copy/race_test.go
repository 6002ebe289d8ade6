package merged_by_maps_copy

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(8)
	}
}
