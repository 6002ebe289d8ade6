package ok_stopped_before_read

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if n := run([]string{"a", "b", "a"}); n != 3 {
			t.Fatal(n)
		}
	}
}
