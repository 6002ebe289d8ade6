package ok_select_on_done

import "testing"

func TestRace(t *testing.T) {
	for i := range 100 {
		stop := make(chan bool)
		if i%2 == 0 {
			close(stop)
		}
		if n, _ := ok(func() (int, error) { return i, nil }, stop); n != i {
			t.Fatal(n)
		}
	}
}
