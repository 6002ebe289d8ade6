package callback_by_position

import "testing"

func TestRace(t *testing.T) {
	files := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for range 100 {
		collect(files)
		collectLocked(files)
	}
}
