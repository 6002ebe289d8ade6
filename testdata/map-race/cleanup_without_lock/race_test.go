package cleanup_without_lock

import "testing"

func TestRace(t *testing.T) {
	run([]string{"a", "b", "c", "d"})
}
