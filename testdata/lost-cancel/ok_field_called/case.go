// Package ok_field_called keeps the cancel function in a field that is called through another name.
package ok_field_called

import "context"

type worker struct {
	cancel context.CancelFunc
	done   chan struct{}
}

type pair struct {
	ctx  context.Context
	stop context.CancelFunc
}

func start(parent context.Context) *worker {
	ctx, cancel := context.WithCancel(parent)
	w := &worker{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(w.done)
		<-ctx.Done()
	}()
	return w
}

func (w *worker) close() {
	cancel := w.cancel
	cancel()
	<-w.done
}

func open(parent context.Context) *pair {
	p := &pair{}
	p.ctx, p.stop = context.WithCancel(parent)
	return p
}

func with(parent context.Context, work func(context.Context)) {
	p := open(parent)
	defer p.stop()
	work(p.ctx)
}
