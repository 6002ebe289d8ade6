package ok_taken_out

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		all([]string{"first", "second", "third", "fourth"})
	}
}
