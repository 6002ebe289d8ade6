package tasks_in_slice

import "testing"

func TestRace(t *testing.T) {
	for range 50 {
		serve(200)
	}
}
