package returned_while_written

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run([]string{"a", "bb", "ccc", "dddd"})
	}
}
