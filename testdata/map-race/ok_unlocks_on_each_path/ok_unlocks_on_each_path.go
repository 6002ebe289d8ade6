// Package ok_unlocks_on_each_path unlocks by hand before continue, return and the slow part, and locks again after it.
package ok_unlocks_on_each_path

import "sync"

type cache struct {
	mu    sync.Mutex
	sizes map[string]int
}

func load(key string) int { return len(key) }

func (c *cache) fetch(keys []string) int {
	sum := 0
	for _, key := range keys {
		c.mu.Lock()
		if n, found := c.sizes[key]; found {
			c.mu.Unlock()
			sum += n
			continue
		}
		c.mu.Unlock()
		n := load(key)
		c.mu.Lock()
		if len(c.sizes) > 100 {
			clear(c.sizes)
			c.mu.Unlock()
			return sum
		}
		c.sizes[key] = n
		c.mu.Unlock()
		sum += n
	}
	return sum
}

func ok(keys []string) {
	c := &cache{sizes: map[string]int{}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.fetch(keys)
		}()
	}
	wg.Wait()
}
