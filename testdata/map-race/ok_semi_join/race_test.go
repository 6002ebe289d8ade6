package ok_semi_join

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if err := run(6); err != nil {
			t.Fatal(err)
		}
	}
}
