// Package ready_left_open has a goroutine that lets others go on when it is ready, and not when it has failed before.
package ready_left_open

import "sync"

type dialer interface {
	dial() error
	next() string
}

type client struct {
	ready chan struct{}
	once  sync.Once
	mu    sync.Mutex
	err   error
}

func start(d dialer) *client {
	c := &client{ready: make(chan struct{})}
	go c.run(d)
	return c
}

func (c *client) run(d dialer) {
	err := d.dial()
	if err != nil {
		c.mu.Lock()
		c.err = err
		c.mu.Unlock()
		return // step "returns without sending or closing"
	}
	for line := d.next(); line != ""; line = d.next() {
		c.once.Do(func() { close(c.ready) })
	}
}

func (c *client) wait() error {
	<-c.ready // want "this receive from c.ready may wait for ever: the goroutine that should send or close may return"
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}
