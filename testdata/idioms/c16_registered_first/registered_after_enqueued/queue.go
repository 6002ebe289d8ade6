// Package registered_after_enqueued sends a task to the worker and notes it in the map of open tasks afterwards, while
// the worker crosses out tasks that it has done.
package registered_after_enqueued

import "sync"

type task struct{ key string }

type copier struct {
	queue chan *task
	open  map[string]*task
	wg    sync.WaitGroup
}

func newCopier() *copier {
	c := &copier{queue: make(chan *task, 4), open: make(map[string]*task)}
	c.wg.Add(1)
	go c.work()
	return c
}

func (c *copier) work() {
	defer c.wg.Done()
	for t := range c.queue {
		delete(c.open, t.key) // want "map c.open is written while another goroutine may write it"
	}
}

func (c *copier) enqueue(key string) {
	t := &task{key}
	c.queue <- t
	c.open[key] = t // step "writes c.open"
}

func run() {
	c := newCopier()
	for _, key := range []string{"a", "b", "c", "d"} {
		c.enqueue(key)
	}
	close(c.queue)
	c.wg.Wait()
}
