package ok_many_without

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	a, b := parse("double", 4), parse("exact", 1)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			a.raise(2)
			a.lower(1)
			a.cap(20)
			if !a.allows(3) || a.unlimited() {
				a.reset()
			}
			a.copyTo(b)
			b.get()
		})
	}
	wg.Wait()
}
