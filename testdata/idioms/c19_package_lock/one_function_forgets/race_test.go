package one_function_forgets

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
