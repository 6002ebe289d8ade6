// Package ok_waits_with_limit looks at what a goroutine sets only where a helper says that it has ended.
package ok_waits_with_limit

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errLate = errors.New("too late")

type task struct {
	done chan struct{}
}

func start(run func()) *task {
	t := &task{done: make(chan struct{})}
	go func() {
		defer close(t.done)
		run()
	}()
	return t
}

func (t *task) within(ctx context.Context) (time.Duration, error) {
	began := time.Now()
	select {
	case <-t.done:
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	return time.Since(began), nil
}

func byError(ctx context.Context, ask func() error) error {
	var failed error
	t := start(func() { failed = ask() })
	if _, err := t.within(ctx); err != nil {
		return err
	}
	return failed
}

// isLate waits for a group with a limit: the goroutine that closes ended has waited for it.
func isLate(all *sync.WaitGroup, limit time.Duration) bool {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		all.Wait()
	}()
	select {
	case <-ended:
		return false
	case <-time.After(limit):
		return true
	}
}

func sum(names []string, ask func(string) int) (int, error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	total := 0
	for _, name := range names {
		all.Add(1)
		go func() {
			defer all.Done()
			size := ask(name)
			mu.Lock()
			defer mu.Unlock()
			total += size
		}()
	}
	if isLate(&all, time.Minute) {
		return 0, errLate
	}
	return total, nil
}
