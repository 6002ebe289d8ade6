package ok_pool_drained

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		all([]string{"a", "b", "c", "d", "e"})
	}
}
