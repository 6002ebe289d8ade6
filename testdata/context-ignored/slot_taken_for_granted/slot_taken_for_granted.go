// Package slot_taken_for_granted does not ask whether it got the slot.
package slot_taken_for_granted

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

func copyAll(ctx context.Context, names []string, copyOne func(context.Context, string)) {
	free := make(slots, 4)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			free.acquire(ctx) // want "the error of free.acquire is thrown away"
			defer free.release()
			copyOne(ctx, name)
		}()
	}
	wg.Wait()
}
