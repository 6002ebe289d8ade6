// Package reset_forgotten closes a channel that is there, under a lock of the callers, and sets it to nil in one of two
// places only.
package reset_forgotten

import "sync"

type watch struct {
	mu       sync.Mutex
	starting chan struct{}
	state    int
	value    string
	err      error
}

func (w *watch) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == 0 {
		w.state, w.starting = 1, make(chan struct{})
	}
}

func (w *watch) update(value string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.failed(err)
	} else {
		w.succeeded(value)
	}
}

func (w *watch) succeeded(value string) {
	w.state = 2
	if w.starting != nil {
		close(w.starting) // want "w.starting may be closed twice: it is not set to nil here"
	}
	w.value = value
}

func (w *watch) failed(err error) {
	w.state, w.err = 0, err
	if w.starting != nil {
		close(w.starting)
		w.starting = nil
	}
}
