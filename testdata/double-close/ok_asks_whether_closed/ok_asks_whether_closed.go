// Package ok_asks_whether_closed takes nothing for real that a closed channel yields.
package ok_asks_whether_closed

type health struct{ up bool }

type check struct{ updates chan *health }

func open() *check { return &check{updates: make(chan *health)} }

func (c *check) close() { close(c.updates) }

func (c *check) byOK(down func()) {
	for {
		h, ok := <-c.updates
		if !ok {
			return
		}
		if !h.up {
			down()
		}
	}
}

func (c *check) byNil(down func()) {
	for {
		h := <-c.updates
		if h == nil {
			return
		}
		if !h.up {
			down()
		}
	}
}

func (c *check) byRange(down func()) {
	for h := range c.updates {
		if !h.up {
			down()
		}
	}
}
