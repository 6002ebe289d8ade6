package lock_of_its_own

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]string{"a", "b", "c", "d", "e", "f"})
	}
}
