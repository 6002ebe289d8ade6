package ok_set_before_handed_on

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	tasks := make(chan *batch)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for b := range tasks {
				b.finish()
			}
		})
	}
	for range 100 {
		submit(tasks, 3)
	}
	close(tasks)
	wg.Wait()
}
