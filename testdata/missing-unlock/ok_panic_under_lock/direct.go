package ok_panic_under_lock

import (
	"net/http"
	"sync"
)

type registry struct {
	mu      sync.Mutex
	running bool
}

// start gives the lock back before it panics.
func (r *registry) start() {
	r.mu.Lock()
	if r.running {
		r.mu.Unlock()
		panic("it runs already")
	}
	r.running = true
	r.mu.Unlock()
}

// stop panics where nobody recovers.
func (r *registry) stop() {
	r.mu.Lock()
	if !r.running {
		panic("it does not run")
	}
	r.running = false
	r.mu.Unlock()
}

func (r *registry) reload() {
	r.mu.Lock()
	defer func() { r.mu.Unlock() }()
	if !r.running {
		panic("it does not run")
	}
}

func (r *registry) serve(http.ResponseWriter, *http.Request) {
	r.start()
	r.reload()
	go r.stop()
}

var _ = (*registry).serve
