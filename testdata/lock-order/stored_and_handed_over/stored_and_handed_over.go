// Package stored_and_handed_over keeps a callback in a field and gives it to a queue that runs it under its lock.
package stored_and_handed_over

import "sync"

type fifo struct {
	lock  sync.Mutex
	items []int
}

func (f *fifo) pop(process func(int)) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, item := range f.items {
		process(item)
	}
}

func (f *fifo) len() int {
	f.lock.Lock()
	defer f.lock.Unlock()
	return len(f.items)
}

type controller struct {
	queue   *fifo
	process func(int)
}

func (c *controller) loop() {
	c.queue.pop(c.process) // want "i.mu is taken while f.lock is held .in controller.loop."
}

type informer struct {
	mu         sync.Mutex
	controller *controller
	seen       int
}

func newInformer() *informer {
	i := &informer{}
	i.controller = &controller{queue: &fifo{}, process: func(item int) { i.add(item) }}
	return i
}

func (i *informer) add(item int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.seen += item
}

func (i *informer) synced() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.controller.queue.len() == 0 // step "calls fifo.len"
}
