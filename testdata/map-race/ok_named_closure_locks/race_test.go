package ok_named_closure_locks

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if _, err := ok([]string{"a", "b", "c", "d"}); err != nil {
			t.Fatal(err)
		}
	}
}
