// Package ok_build_then_publish fills the map before any goroutine can see it (idioms C11, C12).
package ok_build_then_publish

import "sync"

type config struct {
	mu   sync.Mutex
	vals map[string]int
}

func newConfig(keys []string) *config {
	c := &config{vals: map[string]int{}}
	for i, key := range keys {
		c.set(key, i)
	}
	return c
}

func (c *config) set(key string, n int) { c.vals[key] = n }

func (c *config) get(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.vals[key]
}

func (c *config) has(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, found := c.vals[key]
	return found
}

func ok(keys []string) {
	c := newConfig(keys)
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.get(key)
			c.has(key)
		}()
	}
	wg.Wait()
}
