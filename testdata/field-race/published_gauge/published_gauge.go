// Package published_gauge publishes what a pool counts, through a helper, and counts on while it is served.
package published_gauge

import (
	"expvar"
	"net/http"
	"strconv"
)

type gauge struct {
	help  string
	value func() int64
}

func (g *gauge) String() string { return strconv.FormatInt(g.value(), 10) }

func publish(name string, v expvar.Var) { expvar.Publish(name, v) }

func newGauge(name, help string, value func() int64) *gauge {
	g := &gauge{help: help, value: value}
	if name != "" {
		publish(name, g)
	}
	return g
}

type pool struct {
	size int64
}

func (p *pool) count() int64 { return p.size }

func (p *pool) grow() {
	p.size++ // want "field p.size is written while another goroutine may read it"
}

func newPool(name string) *pool {
	p := &pool{}
	newGauge(name, "connections", p.count)
	return p
}

func run(address string, more <-chan bool) {
	p := newPool("pool")
	go http.ListenAndServe(address, nil)
	for range more {
		p.grow()
	}
}
