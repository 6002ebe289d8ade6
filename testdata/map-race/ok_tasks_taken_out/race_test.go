package ok_tasks_taken_out

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		run()
	}
}
