// Package ok_published_gauge publishes what a pool counts atomically, and what is set before anybody is served.
package ok_published_gauge

import (
	"expvar"
	"net/http"
	"strconv"
	"sync/atomic"
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
	size  atomic.Int64
	limit int64
}

func (p *pool) count() int64 { return min(p.size.Load(), p.limit) }

func (p *pool) grow() {
	p.size.Add(1)
}

func newPool(name string) *pool {
	p := &pool{}
	newGauge(name, "connections", p.count)
	p.limit = 100
	return p
}

func run(address string, more <-chan bool) {
	p := newPool("pool")
	go http.ListenAndServe(address, nil)
	for range more {
		p.grow()
	}
}
