package taken_out_for_goroutine_perhaps

import "testing"

func TestRace(t *testing.T) {
	for range 20 {
		l := &listener{conns: map[int]bool{1: true}}
		drained := make(chan int)
		l.stop(false, drained)
		for id := range 50 {
			l.accept(id)
		}
		<-drained
	}
}
