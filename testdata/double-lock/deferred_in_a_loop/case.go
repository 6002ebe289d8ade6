// Package deferred_in_a_loop locks in each round and unlocks when the function returns.
package deferred_in_a_loop

import (
	"errors"
	"sync"
)

var errEmpty = errors.New("empty")

type Cache struct {
	sync.RWMutex
	sizes map[string]int
}

func size(name string) (int, error) {
	if name == "" {
		return 0, errEmpty
	}
	return len(name), nil
}

// Load waits for itself in the second round.
func (c *Cache) Load(names []string) error {
	for _, name := range names {
		n, err := size(name)
		if err != nil {
			return err
		}
		c.Lock() // want "c is locked again while this goroutine holds it"
		defer c.Unlock()
		if _, ok := c.sizes[name]; !ok {
			c.sizes[name] = n
		}
	}
	return nil
}

var (
	mu    sync.Mutex
	total int
)

// Add unlocks at last what it has locked once for each number.
func Add(numbers []int) {
	for _, n := range numbers {
		if n < 0 {
			continue
		}
		mu.Lock() // want "mu is locked again while this goroutine holds it"
		defer mu.Unlock()
		total += n
	}
}

// First locks once: it returns in the round that locks.
func (c *Cache) First(names []string) int {
	for _, name := range names {
		if name == "" {
			continue
		}
		c.Lock()
		defer c.Unlock()
		return c.sizes[name]
	}
	return 0
}

// Each unlocks at the end of each round.
func (c *Cache) Each(names []string) {
	for _, name := range names {
		func() {
			c.Lock()
			defer c.Unlock()
			c.sizes[name]++
		}()
	}
}

type node struct {
	sync.Mutex
	next  *node
	count int
}

// Chain keeps the locks of all nodes, one each.
func Chain(at *node) {
	for at != nil {
		at.Lock()
		defer at.Unlock()
		at.count++
		at = at.next
	}
}

// All keeps the locks of all caches, one each.
func All(caches []*Cache) {
	for _, cache := range caches {
		cache.Lock()
		defer cache.Unlock()
		clear(cache.sizes)
	}
}

// Once locks in the first round only.
func (c *Cache) Once(names []string) {
	locked := false
	for _, name := range names {
		if !locked {
			c.Lock()
			defer c.Unlock()
			locked = true
		}
		c.sizes[name]++
	}
}
