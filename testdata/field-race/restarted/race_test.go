package ticks

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	Serve()
	time.Sleep(1100 * time.Millisecond) // the goroutines of the first two have counted
	Serve()
}
