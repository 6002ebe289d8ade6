// Package kept_by_key waits for one of the locks that a map keeps while it holds the lock of the map.
package kept_by_key

import "sync"

type locks struct {
	mu    sync.RWMutex
	names map[string]*sync.Mutex
}

func (l *locks) lock(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.names[name]; !ok {
		l.names[name] = &sync.Mutex{}
	}
	l.names[name].Lock()
}

func (l *locks) unlock(name string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if one, ok := l.names[name]; ok {
		one.Unlock()
	}
}

type cache struct {
	keys  *locks
	pages map[string]string
}

func (c *cache) get(name string) string {
	c.keys.lock(name)
	defer c.keys.unlock(name) // want `l.mu is taken while l.names\[…\] is held`
	return c.pages[name]
}
