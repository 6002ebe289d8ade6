package callbacks_copied_out

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		measure(20)
		counted(10)
	}
}
