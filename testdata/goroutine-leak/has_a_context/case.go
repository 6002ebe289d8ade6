// Package has_a_context starts goroutines that have a context, hand it on, and do not listen to it.
package has_a_context

import (
	"context"
	"time"
)

type checker struct{ check func(context.Context) }

func (c *checker) start(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	go func() { // want "this goroutine never ends: it has ctx, and does not ask for its end"
		for {
			select {
			case <-ticker.C:
				go c.check(ctx)
			}
		}
	}()
}

type watcher struct {
	ctx    context.Context
	cancel context.CancelFunc
	events chan int
	seen   int
}

func watch(ctx context.Context) *watcher {
	w := &watcher{events: make(chan int)}
	w.ctx, w.cancel = context.WithCancel(ctx)
	go w.run() // want "this goroutine never ends: it has watcher.ctx"
	return w
}

func (w *watcher) run() {
	for {
		select {
		case event := <-w.events:
			w.seen += event
		case <-time.After(time.Minute):
			w.seen = 0
		}
	}
}

func (w *watcher) finish() { w.cancel() }

func run(ctx context.Context, c *checker, work func()) {
	c.start(ctx)
	w := watch(ctx)
	defer w.finish()
	work()
}
