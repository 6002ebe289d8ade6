package callbacks_in_struct

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if found, _ := count([][]string{{"a", ""}, {"", "b"}, {""}}); len(found) != 2 {
			t.Fatal(found)
		}
	}
}
