package updated_then_read

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		run(func(string) {})
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
