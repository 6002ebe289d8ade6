// Package once_waits_for_itself closes a connection once, and waits meanwhile for the loop that may close it too.
package once_waits_for_itself

import "sync"

type connection struct {
	once   sync.Once
	inbox  chan int
	closed chan struct{}
	done   chan struct{}
}

func (c *connection) loop() {
	defer close(c.done) // step "only after that closes c.done"
	for {
		select {
		case value := <-c.inbox:
			if value < 0 {
				c.close() // step "calls c.close"
			}
		case <-c.closed:
			return
		}
	}
}

func (c *connection) close() {
	c.once.Do(func() { // want "connection.once is held while connection.close waits for c.done"
		close(c.closed)
		<-c.done // step "receives from c.done"
	})
}

func run() {
	c := &connection{inbox: make(chan int), closed: make(chan struct{}), done: make(chan struct{})}
	go c.loop()
	c.close()
}
