package package_random

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := serve()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				s.Draw(10)
			}
		})
	}
	wg.Wait()
}
