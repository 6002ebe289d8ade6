package handed_by_registry

import (
	"sync"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	tick := make(chan time.Time)
	r := start(tick)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				r.ServeHTTP(nil, nil)
			}
		})
	}
	for range 200 {
		tick <- time.Time{}
	}
	wg.Wait()
}
