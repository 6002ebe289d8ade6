package nilled_under_own_lock

import "testing"

func TestRace(t *testing.T) {
	for range 100 {
		d := &desk{board: newBoard(), spare: newBoard()}
		done := make(chan struct{})
		d.pinUntil(done, "a")
		close(done)
		d.clear()
	}
}
