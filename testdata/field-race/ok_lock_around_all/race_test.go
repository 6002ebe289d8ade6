package ok_lock_around_all

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := open(&options{limit: 8})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(s.run)
		wg.Go(func() {
			if s.size() < s.half() {
				t.Error("more than the whole")
			}
		})
	}
	wg.Wait()
}
