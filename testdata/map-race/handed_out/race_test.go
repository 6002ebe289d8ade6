package handed_out

import "testing"

func TestRace(t *testing.T) {
	shared := newTracker()
	done := make(chan bool)
	go func() {
		for i := range 1000 {
			shared.update("a", i)
			shared.remove("b")
			shared.replaceViews("a")
		}
		close(done)
	}()
	for range 1000 {
		total(shared)
		totalViews(shared)
	}
	<-done
}
