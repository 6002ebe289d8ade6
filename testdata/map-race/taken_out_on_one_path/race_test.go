package taken_out_on_one_path

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		fill([]string{"first", "second", "third", "fourth"})
	}
}
