// Package leaves_its_lock holds the lock in every method, yet one of them hands the map itself to whoever asks.
package leaves_its_lock

import "sync"

type catalog struct {
	mu     sync.Mutex
	prices map[string]int
}

func (c *catalog) set(name string, price int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.prices[name] = price // step "writes c.prices"
}

func (c *catalog) all() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.prices
}

func run() int {
	c := &catalog{prices: map[string]int{}}
	go c.set("tea", 3) // step "goroutine"
	total := 0
	for _, price := range c.all() { // want "map c.prices is read while another goroutine may write it"
		total += price
	}
	return total
}
