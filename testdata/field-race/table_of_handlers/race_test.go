package table_of_handlers

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	p := open()
	for range 50 {
		p.lines <- "zone"
	}
	close(p.lines)
	time.Sleep(5 * time.Millisecond) // for the goroutines, which nobody waits for
}
