package ok_sequential_when_one

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		_, _ = ok([]string{"a"})
		_, _ = ok([]string{"a", "b", "c", "d"})
	}
}
