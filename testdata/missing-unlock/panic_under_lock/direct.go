package panic_under_lock

import (
	"fmt"
	"net/http"
	"sync"
)

type registry struct {
	mu      sync.RWMutex
	running bool
	names   map[string]int
}

// start panics itself, with the lock that it has taken.
func (r *registry) start() {
	r.mu.Lock() // want "r.mu stays locked when registry.start panics and net/http recovers"
	if r.running {
		panic("it runs already") // step "panics"
	}
	r.running = true
	r.mu.Unlock()
}

func (r *registry) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.start()
	fmt.Fprintln(w, r.count(request.URL.Path))
}

func (r *registry) count(name string) int {
	r.mu.RLock() // want "r.mu stays locked when registry.count panics and net/http recovers"
	n, known := r.names[name]
	switch {
	case known:
		r.mu.RUnlock()
		return n
	default:
		panic("unknown name " + name)
	}
}
