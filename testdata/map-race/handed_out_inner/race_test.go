package handed_out_inner

import (
	"testing"
	"time"
)

// The reader's last read is behind its last unlock, so no lock orders it before what is written later.
func TestRace(t *testing.T) {
	shared := newTracker()
	shared.update("ks", "a", 0)
	planner := &planner{catalog: shared}
	done := make(chan bool)
	go func() {
		for range 100 {
			planner.total("ks")
		}
		close(done)
	}()
	for i := range 100 {
		time.Sleep(time.Millisecond / 10)
		shared.update("ks", "a", i)
	}
	<-done
}
