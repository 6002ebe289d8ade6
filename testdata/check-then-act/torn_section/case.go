// Package torn_section gives the lock back between a test and what is done because of it, and takes it again at once.
package torn_section

import "sync"

type recorder struct {
	mu     sync.Mutex
	errors map[string][]error
	state  int
}

func (r *recorder) record(name string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.errors == nil {
		r.mu.Unlock()
		r.mu.Lock()
		r.errors = make(map[string][]error) // want "recorder.record tests r.errors and then sets it in two critical sections: the lock is given back and taken again at once"
	}
	r.errors[name] = append(r.errors[name], err)
}

func (r *recorder) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = nil
}

func (r *recorder) allow(yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == 2 {
		return
	}
	r.mu.Unlock()
	r.mu.Lock()
	if yes {
		r.state = 1 // want "recorder.allow tests r.state and then sets it in two critical sections"
	} else {
		r.state = 0 // want "recorder.allow tests r.state and then sets it in two critical sections"
	}
}

func (r *recorder) finish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state = 2
}
