package ok_sorted_copy

import "testing"

func TestNoRace(t *testing.T) {
	for range 50 {
		serve(&roster{names: []string{"c", "b", "a"}}, 4)
	}
}
