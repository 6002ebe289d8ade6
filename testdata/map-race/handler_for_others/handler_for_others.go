// Package handler_for_others has handlers that its users hand to their servers.
package handler_for_others

import (
	"net/http"
	"sync"
)

// Hits counts requests by path.
type Hits struct{ count map[string]int }

// New returns an empty one.
func New() *Hits { return &Hits{count: map[string]int{}} }

func (h *Hits) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.count[r.URL.Path]++ // want "map h.count is written by requests that a server runs beside each other"
}

var hosts = map[string]int{}

// Host counts requests by host.
func Host(_ http.ResponseWriter, r *http.Request) {
	hosts[r.Host]++ // want "map hosts is written by requests that a server runs beside each other"
}

type locked struct {
	mu    sync.Mutex
	count map[string]int
}

func (l *locked) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count[r.URL.Path]++
}

// NewLocked returns one that many may use.
func NewLocked() http.Handler { return &locked{count: map[string]int{}} }

// Visits is of one request: whoever makes it has it alone.
type Visits struct{ pages map[string]int }

// Visit notes a page.
func (v *Visits) Visit(page string) { v.pages[page]++ }

// Known remembers who has asked.
func Known(next http.Handler) http.Handler {
	known := map[string]bool{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known[r.RemoteAddr] = true // want "map known is written by requests that a server runs beside each other"
		next.ServeHTTP(w, r)
	})
}

// Echo has a part that is a literal, and what that captures is of one request.
func Echo(w http.ResponseWriter, r *http.Request) {
	headers := map[string]string{}
	note := func(_ http.ResponseWriter, r *http.Request) { headers["host"] = r.Host }
	note(w, r)
}
