package copied_field

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad(&table{rows: map[int]int{}})
	}
}
