package one_against_all

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	for range 20 {
		run([]string{"a", "b", "c", "d", "e", "f", "g", "h"})
	}
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
