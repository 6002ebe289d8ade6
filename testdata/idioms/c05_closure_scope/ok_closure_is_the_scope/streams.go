// Package ok_closure_is_the_scope locks in function literals that are called at once: one writes, one gives what it found.
package ok_closure_is_the_scope

import "sync"

type client struct {
	mu    sync.Mutex
	conns map[string]chan int
}

func (c *client) dial(addr string) int {
	conns, isNew := func() (chan int, bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.conns == nil {
			c.conns = make(map[string]chan int)
		}
		if conns, found := c.conns[addr]; found {
			return conns, false
		}
		conns := make(chan int, 2)
		c.conns[addr] = conns
		return conns, true
	}()
	if isNew {
		for range cap(conns) {
			conns <- len(addr)
		}
	}
	conn := <-conns
	conns <- conn
	return conn
}

func forAll(shards []string, f func(string) error) error {
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = f(shard)
		}()
	}
	wg.Wait()
	return nil
}

func streams(c *client, shards []string) (map[string]int, error) {
	var mu sync.Mutex
	byShard := make(map[string]int, len(shards))
	err := forAll(shards, func(shard string) error {
		n := c.dial(shard)
		func() {
			mu.Lock()
			defer mu.Unlock()
			byShard[shard] = n
		}()
		return nil
	})
	return byShard, err
}

func run() { _, _ = streams(&client{}, []string{"a", "b", "a", "c"}) }
