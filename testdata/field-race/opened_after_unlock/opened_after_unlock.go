// Package opened_after_unlock looks at a flag under the lock, gives the lock back, and sets the flag then.
package opened_after_unlock

import "sync"

type Engine struct {
	mu     sync.Mutex
	isOpen bool
	opened int
}

func (e *Engine) Open(register func()) {
	e.mu.Lock()
	if e.isOpen {
		e.mu.Unlock()
		return
	}
	e.mu.Unlock()
	register()
	e.isOpen = true // want "field opened_after_unlock.Engine.isOpen is written without opened_after_unlock.Engine.mu"
}

func (e *Engine) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.isOpen {
		e.isOpen = false
		e.opened++
	}
}

func (e *Engine) Ask() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.isOpen
}
