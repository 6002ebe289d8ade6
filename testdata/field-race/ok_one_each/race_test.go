package ok_one_each

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if sum := run([]string{"a", "b", "c", "d"}); sum != 4 {
			t.Fatal(sum)
		}
	}
}
