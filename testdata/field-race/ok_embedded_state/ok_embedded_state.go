// Package ok_embedded_state copies a struct out of an embedded one with the lock beside it.
package ok_embedded_state

import "sync"

type health struct {
	lag     int
	serving bool
}

type base struct {
	sync.Mutex
	state health
}

type checker struct {
	base
	limit int
}

func start(rounds int) *checker {
	c := &checker{limit: 3}
	go c.probe(rounds)
	return c
}

func (c *checker) probe(rounds int) {
	for lag := range rounds {
		c.Lock()
		c.state.lag = lag
		c.state.serving = lag <= c.limit
		c.Unlock()
	}
}

func (c *checker) current() health {
	c.Lock()
	defer c.Unlock()
	return c.state
}
