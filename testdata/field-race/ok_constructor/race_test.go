package ok_constructor

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := newCache("name")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				c.add(1)
				c.size()
			}
		})
	}
	wg.Wait()
}
