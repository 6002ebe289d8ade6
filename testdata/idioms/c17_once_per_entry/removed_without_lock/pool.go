// Package removed_without_lock finds or makes an entry under the lock, and hands out a function that removes it without.
package removed_without_lock

import "sync"

type entry struct {
	once sync.Once
	conn string
}

type client struct {
	mu      sync.Mutex
	entries map[string]*entry
}

func (c *client) dial(addr string) (string, func()) {
	e := func() *entry {
		c.mu.Lock()
		defer c.mu.Unlock()
		if e, found := c.entries[addr]; found {
			return e
		}
		e := &entry{}
		c.entries[addr] = e
		return e
	}()
	e.once.Do(func() { e.conn = "conn to " + addr })
	invalidate := func() {
		delete(c.entries, addr) // want "map c.entries is written"
	}
	return e.conn, invalidate
}

func run() {
	c := &client{entries: map[string]*entry{}}
	var wg sync.WaitGroup
	for _, addr := range []string{"a", "a", "b", ""} {
		wg.Go(func() {
			_, invalidate := c.dial(addr)
			invalidate()
		})
	}
	wg.Wait()
}
