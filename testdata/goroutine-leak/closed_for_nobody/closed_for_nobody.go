// Package closed_for_nobody closes a channel that its goroutine does not look at.
package closed_for_nobody

type collector struct {
	values chan int
	stop   chan struct{}
	sum    int
}

func open() *collector {
	c := &collector{values: make(chan int), stop: make(chan struct{})}
	go c.run()
	return c
}

func (c *collector) run() {
	for {
		select {
		case v := <-c.values:
			c.sum += v
		}
	}
}

func (c *collector) add(v int) { c.values <- v }

func (c *collector) finish() {
	close(c.stop) // want "to close .*collector.stop ends nothing"
}
