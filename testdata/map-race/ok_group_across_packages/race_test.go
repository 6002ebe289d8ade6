package ok_group_across_packages

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if n, err := ok([]string{"a", "b", "c"}); n != 3 || err != nil {
			t.Fatal(n, err)
		}
	}
}
