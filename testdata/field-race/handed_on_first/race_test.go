package handed_on_first

import (
	"runtime"
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	for range 50 {
		q := &queue{} // a new one: a later put would order the earlier writes
		var wg sync.WaitGroup
		wg.Go(func() { submit(q, 3) })
		wg.Go(func() {
			for range 20 {
				work(q)
				runtime.Gosched()
			}
		})
		wg.Wait()
	}
}
