package behind_semaphore

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		_ = copyAll([]string{"a", "b", "c", "d", "e", "f"})
	}
}
