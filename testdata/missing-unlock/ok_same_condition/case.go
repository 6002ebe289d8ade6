// Package ok_same_condition locks and unlocks on the same condition (twin of condition_changed).
package ok_same_condition

import (
	"errors"
	"sync"
)

type writer struct {
	mu	 sync.Mutex
	shared bool
	size   int
}

func (w *writer) write(data []byte, alone bool) error {
	if w.shared && !alone {
		w.mu.Lock()
	}
	w.size += len(data)
	if w.shared && !alone {
		w.mu.Unlock()
	}
	return nil
}

func (w *writer) remembered(data []byte, chunk int) error {
	locked := false
	if len(data) > chunk {
		w.mu.Lock()
		locked = true
	}
	if w.size < 0 {
		if locked {
			w.mu.Unlock()
		}
		return errors.New("broken")
	}
	w.size += len(data)
	if !locked {
		return nil
	}
	w.mu.Unlock()
	return nil
}

func (w *writer) switched(mode int) {
	switch mode {
	case 1:
		w.mu.Lock()
	}
	w.size++
	if mode == 1 {
		w.mu.Unlock()
	}
}
