// Package embedded_state copies a struct out of an embedded one without the lock beside it.
package embedded_state

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
		c.state.lag = lag                // want "field c.state.lag is written while another goroutine may read it"
		c.state.serving = lag <= c.limit // want "field c.state.serving is written while another goroutine may read it"
		c.Unlock()
	}
}

func (c *checker) current() health {
	return c.state // step "reads c.state.lag without a lock"
}
