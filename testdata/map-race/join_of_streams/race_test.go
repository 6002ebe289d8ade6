package join_of_streams

import "testing"

func TestRace(t *testing.T) {
	for i := range 50 {
		if err := run(6, i%2 == 0); err != nil {
			t.Fatal(err)
		}
	}
}
