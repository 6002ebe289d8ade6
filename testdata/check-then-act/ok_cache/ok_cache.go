// case: min-confidence=medium

// Package ok_cache computes a name again when two goroutines miss it at once: both come to the same.
package ok_cache

import (
	"strings"
	"sync"
)

type Names struct {
	mu    sync.RWMutex
	upper map[string]string
	all   sync.Map
}

func (n *Names) Upper(name string) string {
	n.mu.RLock()
	found, ok := n.upper[name]
	n.mu.RUnlock()
	if ok {
		return found
	}
	found = strings.ToUpper(name)
	n.mu.Lock()
	n.upper[name] = found
	n.mu.Unlock()
	return found
}

func (n *Names) Lower(name string) string {
	if found, ok := n.all.Load(name); ok {
		return found.(string)
	}
	found := strings.ToLower(name)
	n.all.Store(name, found)
	return found
}

func (n *Names) Forget(name string) {
	n.mu.Lock()
	delete(n.upper, name)
	n.mu.Unlock()
	n.all.Delete(name)
}
