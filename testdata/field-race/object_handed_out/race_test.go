package object_handed_out

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	shared := &hall{seats: map[int]*seat{}}
	shared.book(1, "a")
	done := make(chan bool)
	go func() {
		for range 300 {
			free(shared)
			who(shared)
			time.Sleep(time.Microsecond)
		}
		close(done)
	}()
	for range 300 {
		shared.book(1, "b")
		time.Sleep(time.Microsecond)
	}
	<-done
}
