package ok_received_from_each

import "testing"

func TestNoRace(t *testing.T) {
	for range 50 {
		if ranged([]int{1, 2, 3}) != counted(4) {
			t.Fatal("not the same")
		}
	}
}
