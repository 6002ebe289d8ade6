package sorted_in_place

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		serve(&roster{names: []string{"c", "b", "a"}, ranks: []int{1, 2, 3}}, 4)
	}
}
