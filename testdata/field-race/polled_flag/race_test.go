package polled_flag

import (
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	shared := &pump{}
	done := make(chan bool)
	go func() {
		shared.Run()
		close(done)
	}()
	time.Sleep(time.Millisecond)
	shared.Stop()
	<-done
}
