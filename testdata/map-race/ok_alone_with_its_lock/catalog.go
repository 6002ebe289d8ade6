// Package ok_alone_with_its_lock has a map that only methods look into, all of them under the lock beside it.
package ok_alone_with_its_lock

import (
	"maps"
	"sync"
)

type catalog struct {
	mu     sync.Mutex
	prices map[string]int
}

var shared = &catalog{prices: map[string]int{}}

func (c *catalog) set(name string, price int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prices[name] = price
}

func (c *catalog) all() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.prices)
}

func run() int {
	go shared.set("tea", 3)
	total := 0
	for _, price := range shared.all() {
		total += price
	}
	return total
}
