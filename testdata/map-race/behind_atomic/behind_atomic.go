// Package behind_atomic keeps what everybody shares in atomic variables, and changes it in place.
package behind_atomic

import (
	"net/http"
	"sync"
	"sync/atomic"
)

type settings struct {
	limits map[string]int
}

type gate struct {
	mu       sync.Mutex
	settings atomic.Pointer[settings]
	routes   atomic.Value // map[string]string
}

func newGate() *gate {
	g := &gate{}
	g.settings.Store(&settings{limits: map[string]int{}})
	g.routes.Store(map[string]string{})
	return g
}

func (g *gate) limit(user string) int {
	return g.settings.Load().limits[user] // want "map g.settings.Load\\(…\\).limits is read"
}

// setLimit has a lock, which those who read do not take.
func (g *gate) setLimit(user string, limit int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settings.Load().limits[user] = limit
}

func (g *gate) route(name string) string {
	return g.routes.Load().(map[string]string)[name]
}

func (g *gate) setRoute(name, target string) {
	routes := g.routes.Load().(map[string]string)
	routes[name] = target // want "map routes is written"
}

func serve(mux *http.ServeMux) {
	g := newGate()
	mux.HandleFunc("/limit", func(w http.ResponseWriter, r *http.Request) {
		if g.limit(r.URL.Path) == 0 {
			g.setLimit(r.URL.Path, 1)
		}
	})
	mux.HandleFunc("/route", func(w http.ResponseWriter, r *http.Request) {
		if g.route(r.URL.Path) == "" {
			g.setRoute(r.URL.Path, "there")
		}
	})
}
