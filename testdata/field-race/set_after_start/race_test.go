package set_after_start

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		bad()
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
