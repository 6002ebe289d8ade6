package written_by_requests

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := serve(false)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				ticks.Add(1)
				if _, err := s.Post("a"); err != nil {
					t.Error(err)
				}
				if _, err := s.Balance(""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
