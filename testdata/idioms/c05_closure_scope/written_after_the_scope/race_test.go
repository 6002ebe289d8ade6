package written_after_the_scope

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
