package generic_for_each

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if _, err := bad([]string{"a", "b", "c", "d", "e", "f", "g", "h"}); err != nil {
			t.Fatal(err)
		}
	}
}
