// Package ok_kept_by_key takes the locks that a map keeps once the lock of the map is free, or before others know them.
package ok_kept_by_key

import "sync"

type locks struct {
	mu    sync.RWMutex
	names map[string]*sync.Mutex
}

func (l *locks) lock(name string) {
	l.mu.Lock()
	one, ok := l.names[name]
	if !ok {
		one = &sync.Mutex{}
		l.names[name] = one
	}
	l.mu.Unlock()
	one.Lock()
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
	defer c.keys.unlock(name)
	return c.pages[name]
}

type builds struct {
	mu      sync.Mutex
	running map[string]*sync.Mutex
	done    int
}

func (b *builds) begin(name string) *sync.Mutex {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running[name] != nil {
		return nil
	}
	one := new(sync.Mutex)
	one.Lock()
	b.running[name] = one
	return one
}

func (b *builds) end(name string) {
	one := b.begin(name)
	if one == nil {
		return
	}
	defer one.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	delete(b.running, name)
}
