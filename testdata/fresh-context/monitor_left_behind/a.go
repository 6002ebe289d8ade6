// Package monitor_left_behind starts goroutines that are to outlive the request.
package monitor_left_behind

import "context"

type exits struct {
	handle func(code int)
}

// watch comes back at once: the goroutine lives as long as the process that it watches.
func (e *exits) watch(ctx context.Context, codes <-chan int) {
	go func() {
		select {
		case code := <-codes:
			e.handle(code)
		case <-ctx.Done():
		}
	}()
}

func (e *exits) poll(ctx context.Context, codes <-chan int) {
	go e.loop(ctx, codes)
}

func (e *exits) loop(ctx context.Context, codes <-chan int) {
	for {
		select {
		case code := <-codes:
			e.handle(code)
		case <-ctx.Done():
			return
		}
	}
}

func (e *exits) await(ctx context.Context, codes <-chan int) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.loop(ctx, codes)
	}()
	<-done
}

func (e *exits) all(ctx context.Context, codes <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for {
			select {
			case code := <-codes:
				out <- code
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func start(ctx context.Context, e *exits, run func(context.Context) (<-chan int, error)) error {
	codes, err := run(ctx)
	if err != nil {
		return err
	}
	e.watch(context.Background(), codes)
	e.poll(context.Background(), codes)
	return nil
}

func startAndWait(ctx context.Context, e *exits, run func(context.Context) (<-chan int, error)) error {
	codes, err := run(ctx)
	if err != nil {
		return err
	}
	e.await(context.Background(), codes) // want "e.await waits under a fresh context"
	return nil
}

func startAndRead(ctx context.Context, e *exits, run func(context.Context) (<-chan int, error)) error {
	codes, err := run(ctx)
	if err != nil {
		return err
	}
	for code := range e.all(context.Background(), codes) { // want "e.all waits under a fresh context"
		e.handle(code)
	}
	return nil
}
