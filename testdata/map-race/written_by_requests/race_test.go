package written_by_requests

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := serve()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if s.Add("a") != nil || s.Drop("a") != nil {
					t.Error("no")
				}
			}
		})
	}
	wg.Wait()
}
