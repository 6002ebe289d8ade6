// Package ok_stopped_before_read waits in Close for the goroutine that writes; only then the totals are read (idiom C13).
package ok_stopped_before_read

import "sync"

type collector struct {
	wg     sync.WaitGroup
	stop   chan struct{}
	input  chan string
	totals map[string]int
}

// Open starts the collector.
func Open() *collector {
	c := &collector{stop: make(chan struct{}), input: make(chan string), totals: map[string]int{}}
	c.wg.Add(1)
	go c.collect()
	return c
}

func (c *collector) collect() {
	defer c.wg.Done()
	for {
		select {
		case name := <-c.input:
			c.totals[name]++
		case <-c.stop:
			return
		}
	}
}

// Close gives the totals.
func (c *collector) Close() map[string]int {
	close(c.stop)
	c.wg.Wait()
	c.totals["closed"] = 1
	return c.totals
}

func run(names []string) int {
	c := Open()
	for _, name := range names {
		c.input <- name
	}
	return len(c.Close())
}
