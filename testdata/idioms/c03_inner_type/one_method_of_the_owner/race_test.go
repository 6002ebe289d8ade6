package one_method_of_the_owner

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
