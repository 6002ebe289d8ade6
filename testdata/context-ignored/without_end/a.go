// Package without_end acquires under a context that cannot end: there is no error to ask for.
package without_end

import (
	"context"
	"sync"
)

type slots chan struct{}

func (s slots) acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) release() { <-s }

func copyAll(names []string, copyOne func(string)) {
	free := make(slots, 4)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = free.acquire(context.Background())
			defer free.release()
			copyOne(name)
		}()
	}
	wg.Wait()
}

func copyAllUnder(names []string, copyOne func(string)) {
	free := make(slots, 4)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = free.acquire(ctx) // want "the error of free.acquire is thrown away"
			defer free.release()
			copyOne(name)
		}()
	}
	wg.Wait()
}
