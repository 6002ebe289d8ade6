// Package called_on_failure cancels when a worker fails, and never when all goes well.
package called_on_failure

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

type sink interface {
	drain(ctx context.Context, lines <-chan string) error
}

type loader struct {
	sinks []sink
	plan  func() ([]string, error)
}

// load leaves its workers behind when there is no plan: they wait for lines, or for the end of their context.
func (l *loader) load(ctx context.Context) error {
	var mu sync.Mutex
	var first error
	ctx, stop := context.WithCancel(ctx) // want "stop is not called on a path on which loader.load returns"
	fail := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = fmt.Errorf(format, args...)
			stop()
		}
	}
	lines := make(chan string, 8)
	var workers sync.WaitGroup
	for _, each := range l.sinks {
		workers.Add(1)
		go func(to sink) {
			defer workers.Done()
			if err := to.drain(ctx, lines); err != nil {
				fail("draining: %w", err)
			}
		}(each)
	}
	todo, err := l.plan()
	if err != nil {
		return err
	}
	for _, line := range todo {
		lines <- line
	}
	close(lines)
	workers.Wait()
	mu.Lock()
	defer mu.Unlock()
	return first
}

// spread has no function for it.
func (l *loader) spread(ctx context.Context, lines <-chan string) error {
	ctx, stop := context.WithCancel(ctx) // want "stop is not called on a path on which loader.spread returns"
	errs := make([]error, len(l.sinks))
	var workers sync.WaitGroup
	for at := range l.sinks {
		workers.Add(1)
		go func() {
			defer workers.Done()
			errs[at] = l.sinks[at].drain(ctx, lines)
			if errs[at] != nil {
				stop()
			}
		}()
	}
	workers.Wait()
	return errors.Join(errs...)
}

// once passes it on in a literal that there is only after a failure.
func (l *loader) once(ctx context.Context, lines <-chan string) (first error) {
	ctx, stop := context.WithCancel(ctx) // want "stop is not called on a path on which loader.once returns"
	var once sync.Once
	var workers sync.WaitGroup
	for _, to := range l.sinks {
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := to.drain(ctx, lines); err != nil {
				once.Do(func() {
					first = err
					stop()
				})
			}
		}()
	}
	workers.Wait()
	return first
}
