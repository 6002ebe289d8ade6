package read_before_wait

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		_, _ = collect([]string{"a", "b", "c", "d", "e"})
		_, _ = count([]string{"a", "b", "c", "d", "e"})
	}
}
