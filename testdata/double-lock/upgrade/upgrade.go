// Package upgrade wants to write while it still holds the lock for reading.
package upgrade

import "sync"

type routes struct {
	mu    sync.RWMutex
	table map[string]string
}

func (r *routes) resolve(name string) string {
	r.mu.RLock() // step "for reading"
	defer r.mu.RUnlock()
	if to, ok := r.table[name]; ok {
		return to
	}
	r.learn(name) // want "locked for writing while this goroutine holds it for reading"
	return r.table[name]
}

func (r *routes) learn(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.table[name] = name
}
