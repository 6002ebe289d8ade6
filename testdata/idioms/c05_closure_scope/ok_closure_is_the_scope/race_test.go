package ok_closure_is_the_scope

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
