// Package ok_rwmutex reads under the read lock and writes under the write lock.
package ok_rwmutex

import "sync"

type cache struct {
	sync.RWMutex
	vals map[string]int
}

func (c *cache) get(key string) int {
	c.RLock()
	defer c.RUnlock()
	return c.vals[key]
}

func (c *cache) set(key string, n int) {
	c.Lock()
	defer c.Unlock()
	c.vals[key] = n
}

func (c *cache) clear() {
	c.Lock()
	clear(c.vals)
	c.Unlock()
}

func ok(keys []string) {
	c := &cache{vals: map[string]int{}}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.set(key, len(key))
			c.get(key)
			c.clear()
		}()
	}
	wg.Wait()
}
