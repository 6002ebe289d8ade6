package ranged_while_written

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		bad(map[string]int{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6})
	}
}
