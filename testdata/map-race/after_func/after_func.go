// Package after_func forgets entries from timers, beside those who add and look.
package after_func

import "time"

type cache struct{ entries map[int]int }

func (c *cache) put(key int, ttl time.Duration) {
	c.entries[key] = key
	time.AfterFunc(ttl, func() { // step "goroutine"
		delete(c.entries, key) // want "map c.entries is written"
	})
}

func run(keys int) int {
	c := &cache{entries: map[int]int{}}
	for key := range keys {
		c.put(key, 0)
	}
	return len(c.entries)
}
