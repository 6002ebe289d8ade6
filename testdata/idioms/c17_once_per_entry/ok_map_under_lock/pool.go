// Package ok_map_under_lock finds or makes an entry under the lock, connects it once without the lock, and hands out a
// function that removes it again under the lock.
package ok_map_under_lock

import (
	"errors"
	"sync"
)

type entry struct {
	once sync.Once
	conn string
	err  error
}

type client struct {
	mu     sync.Mutex
	groups map[int]map[string]*entry
}

func (c *client) dial(group int, addr string) (string, func(), error) {
	e := func() *entry {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.groups == nil {
			c.groups = make(map[int]map[string]*entry)
		}
		if _, found := c.groups[group]; !found {
			c.groups[group] = make(map[string]*entry)
		}
		entries := c.groups[group]
		if e, found := entries[addr]; found {
			return e
		}
		e := &entry{}
		entries[addr] = e
		return e
	}()
	e.once.Do(func() { e.conn, e.err = connect(addr) })
	if e.err != nil {
		return "", nil, e.err
	}
	invalidate := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if entries, found := c.groups[group]; found {
			delete(entries, addr)
		}
	}
	return e.conn, invalidate, nil
}

func connect(addr string) (string, error) {
	if addr == "" {
		return "", errors.New("no address")
	}
	return "conn to " + addr, nil
}

func run() {
	c := &client{}
	var wg sync.WaitGroup
	for i, addr := range []string{"a", "a", "b", ""} {
		wg.Go(func() {
			if _, invalidate, err := c.dial(i%2, addr); err == nil {
				invalidate()
			}
		})
	}
	wg.Wait()
}
