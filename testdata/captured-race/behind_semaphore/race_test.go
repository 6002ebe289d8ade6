package behind_semaphore

import "testing"

func TestRace(t *testing.T) {
	for range 5 {
		_ = copyAll([]string{"a", "b", "c", "d", "e", "f"})
	}
}
