// Package same_function leaves the lock locked on the way round a loop.
package same_function

import "sync"

type gauge struct {
	mu    sync.Mutex
	value int
}

func (g *gauge) reset(hard bool) {
	g.mu.Lock() // step "takes"
	if hard {
		g.value = 0
	}
	g.mu.Lock() // want "g.mu is locked again"
	g.value--
	g.mu.Unlock()
}
