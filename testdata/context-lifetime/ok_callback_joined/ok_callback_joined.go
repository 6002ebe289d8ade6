// Package ok_callback_joined waits for the goroutine that calls what the caller has given, or calls its own.
package ok_callback_joined

import (
	"context"
	"sync"
	"time"
)

func report(ctx context.Context, every time.Duration, progress func(time.Time) error) {
	for {
		select {
		case at := <-time.After(every):
			_ = progress(at)
		case <-ctx.Done():
			return
		}
	}
}

// joined waits in the end.
func joined(ctx context.Context, work func(context.Context) error, progress func(time.Time) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	group.Add(1)
	go func() {
		defer group.Done()
		report(ctx, time.Second, progress)
	}()
	return work(ctx)
}

// told hears from it by a channel.
func told(ctx context.Context, work func(context.Context) error, progress func(time.Time) error) error {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	defer func() { <-done }()
	defer cancel()
	go func() {
		defer close(done)
		report(ctx, time.Second, progress)
	}()
	return work(ctx)
}

// Start is meant to go on: its caller ends it.
func Start(ctx context.Context, progress func(time.Time) error) {
	go report(ctx, time.Second, progress)
}

type monitor struct {
	log   func(string, ...any) error
	seen  int
	clock func() time.Time
}

func newMonitor(log func(string, ...any) error) *monitor { return &monitor{log: log, clock: time.Now} }

func (m *monitor) report(ctx context.Context) {
	for {
		select {
		case <-time.After(time.Second):
			_ = m.log("at %v", m.clock())
		case <-ctx.Done():
			return
		}
	}
}

// run calls what its object has for as long as that lives.
func (m *monitor) run(ctx context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go m.report(ctx)
	return work(ctx)
}

func watch(ctx context.Context, log func(string, ...any) error, work func(context.Context) error) error {
	return newMonitor(log).run(ctx, work)
}

func look(ctx context.Context, show func(int)) {
	for at := 0; ; at++ {
		select {
		case <-time.After(time.Second):
			show(at)
		case <-ctx.Done():
			return
		}
	}
}

// shown has a callback that only looks on.
func shown(ctx context.Context, work func(context.Context) error, show func(int)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go look(ctx, show)
	return work(ctx)
}
