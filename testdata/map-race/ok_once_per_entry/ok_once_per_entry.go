// Package ok_once_per_entry guards the map by a lock and fills each entry under a sync.Once of its own (idiom C17).
package ok_once_per_entry

import "sync"

type entry struct {
	once  sync.Once
	conns map[int]string
}

type client struct {
	mu      sync.Mutex
	entries map[string]*entry
}

func (c *client) entry(addr string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, found := c.entries[addr]
	if !found {
		e = &entry{}
		c.entries[addr] = e
	}
	return e
}

func (c *client) dial(addr string) string {
	e := c.entry(addr)
	e.once.Do(func() {
		e.conns = make(map[int]string)
		e.conns[0] = addr
	})
	return e.conns[0]
}

func ok(addrs []string) {
	c := &client{entries: map[string]*entry{}}
	var wg sync.WaitGroup
	for _, addr := range addrs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.dial(addr)
		}()
	}
	wg.Wait()
}
