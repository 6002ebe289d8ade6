package ok_read_after_wait

import "testing"

func TestRace(t *testing.T) {
	keys := []string{"a", "b", "c", "d", "e"}
	for range 50 {
		if got, _ := collect(keys); len(got) != len(keys) {
			t.Fatal(got)
		}
		if n, _ := count(keys); n != len(keys) {
			t.Fatal(n)
		}
	}
}
