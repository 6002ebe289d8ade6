package pool_not_drained

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		all([]string{"a", "b", "c", "d", "e"})
	}
}
