// Package add_in_timer counts what a timer runs when it runs already.
package add_in_timer

import (
	"context"
	"sync"
	"time"
)

type alarm struct {
	wg   sync.WaitGroup
	rung int
}

func (a *alarm) ring() { a.rung++ }

func (a *alarm) badSet(after time.Duration) *time.Timer {
	return time.AfterFunc(after, func() {
		a.wg.Add(1) // want "runs on the goroutine that it counts"
		defer a.wg.Done()
		a.ring()
	})
}

func (a *alarm) run() {
	a.wg.Add(1) // want "runs on the goroutine that it counts"
	defer a.wg.Done()
	a.ring()
}

func (a *alarm) badOnEnd(ctx context.Context) func() bool { return context.AfterFunc(ctx, a.run) }

func (a *alarm) wait() { a.wg.Wait() }

type bell struct{ wg sync.WaitGroup }

func (b *bell) okSet(after time.Duration, ring func()) {
	b.wg.Add(1)
	time.AfterFunc(after, func() {
		defer b.wg.Done()
		ring()
	})
}

func (b *bell) okOnEnd(ctx context.Context, ring func()) {
	b.wg.Add(1)
	stop := context.AfterFunc(ctx, func() {
		defer b.wg.Done()
		ring()
	})
	if stop() {
		b.wg.Done()
	}
}

func (b *bell) wait() { b.wg.Wait() }
