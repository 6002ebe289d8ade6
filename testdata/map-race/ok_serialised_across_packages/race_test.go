package ok_serialised_across_packages

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if _, err := run([]string{"a", "b", "c", "d"}); err != nil {
			t.Fatal(err)
		}
	}
}
