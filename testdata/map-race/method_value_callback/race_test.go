package method_value_callback

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]string{"a", "b", "c", "d", "e", "f"})
	}
}
