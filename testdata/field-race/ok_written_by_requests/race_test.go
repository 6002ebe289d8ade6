package ok_written_by_requests

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
				if s.Post("a") == 0 || s.Balance("a") == 0 || s.Audit("a") < 0 || s.Tell("a")+s.Ask("a") == 0 {
					t.Error("nothing")
				}
			}
		})
	}
	wg.Wait()
}
