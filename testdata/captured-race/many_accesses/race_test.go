package many_accesses

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run(4)
	}
}
