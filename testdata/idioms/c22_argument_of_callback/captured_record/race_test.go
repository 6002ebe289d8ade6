package captured_record

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
