package new_caller_without

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
