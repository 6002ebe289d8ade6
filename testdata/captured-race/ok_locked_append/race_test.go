package ok_locked_append

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if got := ok([]string{"a", "b", "c", "d", "e"}); len(got) != 5 {
			t.Fatal(got)
		}
	}
}
