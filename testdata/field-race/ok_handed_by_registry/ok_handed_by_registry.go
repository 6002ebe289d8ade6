// Package ok_handed_by_registry resets from a timer what requests change, both through a registry's visitor.
package ok_handed_by_registry

import (
	"net/http"
	"sync"
	"time"
)

type session struct {
	requests int
	last     time.Time
}

type registry struct {
	mu       sync.Mutex
	sessions map[string]*session
}

// visit runs f for each session, one visitor at a time.
func (r *registry) visit(f func(*session)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.sessions {
		f(one)
	}
}

func (r *registry) ServeHTTP(http.ResponseWriter, *http.Request) {
	r.visit(func(one *session) {
		one.requests++
	})
}

func (r *registry) resetEvery(tick <-chan time.Time) {
	for range tick {
		r.visit(func(one *session) { one.requests = 0 })
	}
}

func start(tick <-chan time.Time) *registry {
	r := &registry{sessions: map[string]*session{"a": {}}}
	go r.resetEvery(tick)
	http.Handle("/", r)
	return r
}
