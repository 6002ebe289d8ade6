package ok_received

import "testing"

func TestRace(t *testing.T) {
	for i := range 50 {
		if n, _ := ok(func() (int, error) { return i, nil }); n != i {
			t.Fatal(n)
		}
	}
}
