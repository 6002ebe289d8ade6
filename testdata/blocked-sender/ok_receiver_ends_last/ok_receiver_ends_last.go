// Package ok_receiver_ends_last tells the receiver to end when all senders have ended.
package ok_receiver_ends_last

import "sync"

type collector struct {
	values chan int
	stop   chan struct{}
	wg     sync.WaitGroup
}

func start(take func(int)) *collector {
	c := &collector{values: make(chan int), stop: make(chan struct{})}
	go c.run(take)
	return c
}

func (c *collector) run(take func(int)) {
	for {
		select {
		case v := <-c.values:
			take(v)
		case <-c.stop:
			return
		}
	}
}

func (c *collector) add(compute func() int) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		c.values <- compute()
	}()
}

func (c *collector) finish() {
	c.wg.Wait()
	close(c.stop)
}
