package ok_filled_in_result

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c", "d"})
	}
}
