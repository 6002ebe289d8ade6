// Package ok_optional_lock takes a lock parameter when it is given one, and is given one where others run.
package ok_optional_lock

import "sync"

type conns struct {
	mu   sync.Mutex
	byID map[int]string
}

func (c *conns) find(id int, lock sync.Locker) string {
	if lock != nil {
		lock.Lock()
		defer lock.Unlock()
	}
	return c.byID[id]
}

func (c *conns) dial(id int) {
	if c.find(id, &c.mu) != "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.find(id, nil) == "" {
		c.byID[id] = "up"
	}
}

func ok() {
	c := &conns{byID: map[int]string{}}
	var wg sync.WaitGroup
	for id := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.dial(id % 2)
		}()
	}
	wg.Wait()
}
