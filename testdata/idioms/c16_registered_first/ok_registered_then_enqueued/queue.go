// Package ok_registered_then_enqueued fills the map of a task before the task goes to a worker through a queue; the
// worker answers on the task's own channel, after which the map is read again.
package ok_registered_then_enqueued

import "sync"

type task struct {
	params map[string]int
	done   chan error
}

type copier struct {
	queue chan *task
	wg    sync.WaitGroup
}

func newCopier(workers int) *copier {
	c := &copier{queue: make(chan *task, workers)}
	for range workers {
		c.wg.Go(func() {
			for t := range c.queue {
				t.params["rows"]++
				t.done <- nil
			}
		})
	}
	return c
}

func (c *copier) enqueue(key string) *task {
	t := &task{params: make(map[string]int), done: make(chan error, 1)}
	t.params[key] = len(key)
	c.queue <- t
	return t
}

func (c *copier) copyRows(keys []string) int {
	var tasks []*task
	for _, key := range keys {
		tasks = append(tasks, c.enqueue(key))
	}
	rows := 0
	for _, t := range tasks {
		if err := <-t.done; err == nil {
			rows += t.params["rows"]
		}
	}
	return rows
}

func (c *copier) close() {
	close(c.queue)
	c.wg.Wait()
}

func run() {
	c := newCopier(3)
	defer c.close()
	c.copyRows([]string{"a", "b", "c", "d"})
}
