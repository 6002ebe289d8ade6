package ok_used_after_unlock

import (
	"sync"
	"testing"
)

func TestRace(t *testing.T) {
	c := &console{sessions: map[string]*session{}}
	c.login("id", "user")
	var done sync.WaitGroup
	for range 50 {
		done.Add(1)
		go func() {
			defer done.Done()
			c.who("id")
		}()
	}
	c.total()
	done.Wait()
	c.total()
}
