package read_after_timeout

import "testing"

func TestRace(t *testing.T) {
	keys := make([]int, 20000)
	for i := range keys {
		keys[i] = i
	}
	for range 20 {
		bad(keys, 0)
	}
}
