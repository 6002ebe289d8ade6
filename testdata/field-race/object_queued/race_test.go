package object_queued

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	shared := newBoard()
	done := make(chan bool)
	go func() {
		shared.work()
		close(done)
	}()
	for range 300 {
		shared.submit("a")
		shared.progress("a")
		time.Sleep(time.Microsecond)
	}
	close(shared.queue)
	<-done
}
