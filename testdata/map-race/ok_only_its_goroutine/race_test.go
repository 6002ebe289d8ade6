package ok_only_its_goroutine

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if n := run(20); n != 1 {
			t.Fatal(n)
		}
	}
}
