package ok_whole_body

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
