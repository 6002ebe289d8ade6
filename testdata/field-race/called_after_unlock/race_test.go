package called_after_unlock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	p := &pool{conns: map[string]*conn{}}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { p.stream("a") })
		wg.Go(func() { p.get("a") })
		wg.Go(func() { p.put("b", p.twice("b")) })
	}
	wg.Wait()
}
