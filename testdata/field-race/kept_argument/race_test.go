package kept_argument

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 50 {
		dial()
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
