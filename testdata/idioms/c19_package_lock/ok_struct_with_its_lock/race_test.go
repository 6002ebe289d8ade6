package ok_struct_with_its_lock

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
}
