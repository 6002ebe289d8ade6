// Package ok_torn_section lets others in between two steps that have nothing to do with each other, or looks again.
package ok_torn_section

import "sync"

type recorder struct {
	mu     sync.Mutex
	errors map[string][]error
	state  int
	calls  int
}

func (r *recorder) record(name string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.errors == nil {
		r.errors = make(map[string][]error)
	}
	r.mu.Unlock()
	r.mu.Lock()
	r.calls++
}

func (r *recorder) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors, r.calls = nil, 0
}

func (r *recorder) allow(yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == 2 {
		return
	}
	r.mu.Unlock()
	r.mu.Lock()
	if r.state == 2 {
		return
	}
	if yes {
		r.state = 1
	} else {
		r.state = 0
	}
}

func (r *recorder) finish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state = 2
}
