// Package ok_given_locked returns a lock that it holds: whoever asked for it unlocks it.
package ok_given_locked

import "sync"

type builds struct {
	mu      sync.Mutex
	running map[string]*sync.Mutex
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

func (b *builds) build(name string, work func(name string)) {
	if one := b.begin(name); one != nil {
		defer one.Unlock()
		work(name)
	}
}
