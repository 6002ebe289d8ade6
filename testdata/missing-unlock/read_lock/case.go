// Package read_lock releases the read lock on one of two ways out, in a goroutine.
package read_lock

import "sync"

type cache struct {
	sync.RWMutex
	values map[string]string
}

func (c *cache) watch(keys <-chan string, out chan<- string) {
	go func() {
		for key := range keys {
			c.RLock()
			value, ok := c.values[key]
			if !ok {
				return // want "c stays locked on a path on which func literal in cache.watch returns"
			}
			c.RUnlock()
			out <- value
		}
	}()
}
