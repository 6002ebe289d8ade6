package one_caller_does_not

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
