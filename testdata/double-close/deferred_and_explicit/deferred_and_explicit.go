// Package deferred_and_explicit closes once more what a deferred call closes.
package deferred_and_explicit

import "context"

func watch(ctx context.Context, watched map[chan int]bool) {
	events := make(chan int)
	watched[events] = true
	go func() {
		defer close(events) // want "events may be closed twice"
		<-ctx.Done()
		if watched[events] {
			close(events) // step "closed again"
			delete(watched, events)
		}
	}()
}
