// Package owner_has_close has a Close that the loop does not know of.
package owner_has_close

import "time"

type collector struct {
	open    bool
	collect func()
}

func (c *collector) Open() {
	c.open = true
	go c.operate() // want "never ends, although there is collector.Close"
}

func (c *collector) operate() {
	for {
		if c.open {
			c.collect()
		}
		time.Sleep(time.Second)
	}
}

func (c *collector) Close() { c.open = false }
