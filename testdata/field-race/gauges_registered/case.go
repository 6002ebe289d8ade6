// Package gauges_registered publishes methods in a registry whose handler runs them, one of them a plain read of what
// is counted atomically.
package gauges_registered

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
)

type gauges struct {
	mu    sync.Mutex
	funcs map[string]func() int64
}

func (g *gauges) add(name string, f func() int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.funcs[name] = f
}

func (g *gauges) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for name, f := range g.funcs {
		fmt.Fprintln(w, name, f())
	}
}

type mailbox struct {
	waiting int64
	dropped int64
}

func newMailbox(g *gauges) *mailbox {
	m := &mailbox{}
	g.add("waiting", m.length)
	g.add("dropped", m.drops)
	return m
}

func (m *mailbox) length() int64 { return m.waiting }

func (m *mailbox) drops() int64 { return atomic.LoadInt64(&m.dropped) }

func (m *mailbox) put() {
	atomic.AddInt64(&m.waiting, 1) // want "field m.waiting is written while another goroutine may read it"
	atomic.AddInt64(&m.dropped, 1)
}

func publish(mux *http.ServeMux, rounds int) {
	g := &gauges{funcs: map[string]func() int64{}}
	m := newMailbox(g)
	mux.Handle("/gauges", g)
	for range rounds {
		m.put()
	}
}
