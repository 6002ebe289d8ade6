package locked_on_one_path

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		bad([]string{"a", "b", "c", "d", "e", "f"})
	}
}
