package owner_bypassed

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "b", "c", "d", "e", "f"})
	}
}
