package ok_cleanup_with_lock

import "testing"

func TestRace(t *testing.T) {
	run([]string{"a", "b", "c", "d"})
}
