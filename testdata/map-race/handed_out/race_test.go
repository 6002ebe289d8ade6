package handed_out

import (
	"testing"
	"time"
)

// The reader's last read is behind its last unlock, so no lock orders it before what is written later.
func TestRace(t *testing.T) {
	shared := newTracker()
	shared.update("a", 0)
	done := make(chan bool)
	go func() {
		for range 100 {
			totalViews(shared)
			total(shared)
		}
		close(done)
	}()
	for i := range 100 {
		time.Sleep(time.Millisecond / 10)
		shared.update("a", i)
		shared.remove("b")
		shared.replaceViews("a")
	}
	<-done
}
