// Package ok_handler_for_others has handlers that its users hand to their servers.
package ok_handler_for_others

import (
	"net/http"
	"sync"
)

// Hits counts requests by path.
type Hits struct {
	mu    sync.Mutex
	count map[string]int
}

// New returns an empty one.
func New() *Hits { return &Hits{count: map[string]int{}} }

func (h *Hits) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.count[r.URL.Path]++
}

var (
	mu    sync.Mutex
	hosts = map[string]int{}
)

// Host counts requests by host.
func Host(_ http.ResponseWriter, r *http.Request) {
	mu.Lock()
	defer mu.Unlock()
	hosts[r.Host]++
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
		mu.Lock()
		defer mu.Unlock()
		known[r.RemoteAddr] = true
		next.ServeHTTP(w, r)
	})
}

// Echo has a part that is a literal, and what that captures is of one request.
func Echo(w http.ResponseWriter, r *http.Request) {
	headers := map[string]string{}
	note := func(_ http.ResponseWriter, r *http.Request) { headers["host"] = r.Host }
	note(w, r)
}
