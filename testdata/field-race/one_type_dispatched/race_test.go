package one_type_dispatched

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		run()
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
