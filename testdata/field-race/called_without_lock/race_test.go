package called_without_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	s := &state{}
	var wg sync.WaitGroup
	wg.Go(func() { s.change("primary") })
	wg.Go(s.repair)
	wg.Go(s.reset)
	wg.Go(func() { s.is("replica") })
	wg.Wait()
}
