// Package condition_changed tests a flag again that may have changed since it was tested for the lock.
package condition_changed

import "sync"

type writer struct {
	mu   sync.Mutex
	size int
}

func (w *writer) write(data []byte, shared bool) {
	if shared {
		w.mu.Lock()
	}
	w.size += len(data)
	shared = w.size > 100
	if shared { // want "w.mu stays locked on a path on which writer.write returns"
		w.mu.Unlock()
	}
}
