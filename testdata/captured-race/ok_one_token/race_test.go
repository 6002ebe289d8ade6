package ok_one_token

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		if sum([]int{1, 2, 3, 4}) != 10 {
			t.Fatal("a value was lost")
		}
	}
}
