// Package taken_over leaves a cancel function to a goroutine, which puts others in its place.
package taken_over

import "context"

type source interface {
	open(ctx context.Context, from int) <-chan int
}

type follower struct {
	from source
	stop chan struct{}
}

// follow defers the call of the first cancel function: what is deferred is the value of that moment.
func (f *follower) follow(ctx context.Context, out chan<- int) {
	round, cancel := context.WithCancel(ctx)
	events := f.from.open(round, 0)
	go func() {
		defer close(out)
		defer cancel()
		last := 0
		for {
			select {
			case <-f.stop:
				return
			case event, ok := <-events:
				if !ok {
					cancel()
					round, cancel = context.WithCancel(ctx) // want "cancel is not called on a path on which func literal in follower.follow returns"
					events = f.from.open(round, last)
					continue
				}
				last = event
				out <- event
			}
		}
	}()
}

// followAll calls only what the round before has made.
func (f *follower) followAll(ctx context.Context, starts <-chan int, done func(context.Context, <-chan int)) {
	_, end := context.WithCancel(ctx)
	go func() {
		for at := range starts {
			end()
			var round context.Context
			round, end = context.WithCancel(ctx) // want "end is not called on a path"
			done(round, f.from.open(round, at))
		}
	}()
}
