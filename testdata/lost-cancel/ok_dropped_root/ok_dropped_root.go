// case: min-confidence=medium

// Package ok_dropped_root drops a context that nothing but its object knows: no parent, no timer.
package ok_dropped_root

import "context"

type worker struct {
	name string
	ctx  context.Context
	stop context.CancelFunc
}

func (w *worker) isNamed() bool { return w.name != "" }

func (w *worker) close() { w.stop() }

func hireForGood(name string) *worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{name: name, ctx: ctx, stop: cancel}
	if !w.isNamed() {
		return nil
	}
	return w
}

func hireAndFire(name string) {
	if w := hireForGood(name); w != nil {
		w.close()
	}
}
