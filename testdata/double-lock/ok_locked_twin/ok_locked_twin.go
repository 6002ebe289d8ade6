// Package ok_locked_twin has a method for callers without the lock, and its twin for those that hold it.
package ok_locked_twin

import "sync"

type roster struct {
	mu    sync.Mutex
	names []string
}

func (r *roster) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sizeLocked()
}

func (r *roster) sizeLocked() int { return len(r.names) }

func (r *roster) add(name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
	return r.sizeLocked()
}
