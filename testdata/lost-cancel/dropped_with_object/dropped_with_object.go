// Package dropped_with_object puts the cancel function into an object that nobody gets when a step fails.
package dropped_with_object

import (
	"context"
	"errors"
)

type worker struct {
	name string
	ctx  context.Context
	stop context.CancelFunc
}

func (w *worker) check() error {
	if w.name == "" {
		return errors.New("no name")
	}
	return w.ctx.Err()
}

func (w *worker) close() { w.stop() }

func (w *worker) enlist(into map[string]*worker) error {
	into[w.name] = w
	return w.ctx.Err()
}

func hire(parent context.Context, name string) (*worker, error) {
	w := &worker{name: name}
	w.ctx, w.stop = context.WithCancel(parent) // want "worker.stop is not called on a path on which hire drops the object that keeps it"
	if err := w.check(); err != nil { // step "the condition holds"
		return nil, err // step "worker.stop has not been called"
	}
	return w, nil
}

func hireAtOnce(parent context.Context, name string) *worker {
	ctx, cancel := context.WithCancel(parent) // want "worker.stop is not called on a path on which hireAtOnce drops the object that keeps it"
	w := &worker{name: name, ctx: ctx, stop: cancel}
	if w.check() != nil { // step "the condition holds"
		return nil // step "worker.stop has not been called"
	}
	return w
}

func hireOrClose(parent context.Context, name string) (*worker, error) {
	w := &worker{name: name}
	w.ctx, w.stop = context.WithCancel(parent)
	if err := w.check(); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func hireOrCancel(parent context.Context, name string) (*worker, error) {
	ctx, cancel := context.WithCancel(parent)
	w := &worker{name: name, ctx: ctx, stop: cancel}
	if err := w.check(); err != nil {
		cancel()
		return nil, err
	}
	return w, nil
}

func enlisted(parent context.Context, name string, all map[string]*worker) error {
	w := &worker{name: name}
	w.ctx, w.stop = context.WithCancel(parent)
	if err := w.enlist(all); err != nil {
		return err
	}
	return nil
}
