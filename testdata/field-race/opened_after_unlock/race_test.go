package opened_after_unlock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		var e Engine
		var wg sync.WaitGroup
		registered := make(chan struct{})
		wg.Go(func() { e.Open(func() { close(registered) }) })
		wg.Go(func() {
			<-registered
			e.Ask()
			e.Close()
		})
		wg.Wait()
	}
}
