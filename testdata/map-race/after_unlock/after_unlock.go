// Package after_unlock lets go of the lock too early.
package after_unlock

import "sync"

type counts struct {
	mu sync.Mutex
	by map[string]int
}

func (c *counts) add(key string) {
	c.mu.Lock()
	n := c.by[key]
	c.mu.Unlock()
	c.by[key] = n + 1 // want "map c.by is written"
}

func bad(keys []string) {
	c := &counts{by: map[string]int{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.add(key)
		}()
	}
	wg.Wait()
}
