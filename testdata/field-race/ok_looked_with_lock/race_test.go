package ok_looked_with_lock

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 200 {
		start(func(int) {})
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
