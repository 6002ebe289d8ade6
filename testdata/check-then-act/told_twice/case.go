// Package told_twice tells two callers that the name is theirs.
package told_twice

import "sync"

type desk struct {
	mu    sync.Mutex
	taken map[string]bool
}

func (d *desk) take(name string) bool {
	d.mu.Lock()
	taken := d.taken[name]
	d.mu.Unlock()
	if taken {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken[name] = true // want "desk.take tests d.taken.name. and then sets it in two critical sections: two goroutines"
	return true
}

func (d *desk) leave(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.taken, name)
}

func (d *desk) serve(names []string, work func(string)) {
	for _, name := range names {
		go func() {
			if d.take(name) {
				defer d.leave(name)
				work(name)
			}
		}()
	}
}
