package ok_lock_upgraded

import (
	"sync"
	"testing"
)

func TestNoRace(t *testing.T) {
	c := &config{}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { c.current() })
		wg.Go(func() { c.set([]string{"a"}) })
		wg.Go(func() { c.add("b") })
	}
	wg.Wait()
	if c.current() == "" {
		t.Error("no key")
	}
}
