package ok_either_lock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := &conn{}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(c.raise)
		wg.Go(func() { c.write([]byte("data")) })
		wg.Go(c.wait)
	}
	wg.Wait()
	if c.sent > 80 {
		t.Error("too many")
	}
}
