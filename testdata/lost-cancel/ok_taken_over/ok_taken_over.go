// Package ok_taken_over leaves a cancel function to a goroutine that calls the last one too, or ends their parent.
package ok_taken_over

import "context"

type source interface {
	open(ctx context.Context, from int) <-chan int
}

type follower struct {
	from source
	stop chan struct{}
}

// follow calls whatever the variable holds in the end.
func (f *follower) follow(ctx context.Context, out chan<- int) {
	round, cancel := context.WithCancel(ctx)
	events := f.from.open(round, 0)
	go func() {
		defer close(out)
		defer func() { cancel() }()
		for {
			select {
			case <-f.stop:
				return
			case event, ok := <-events:
				if !ok {
					cancel()
					round, cancel = context.WithCancel(ctx)
					events = f.from.open(round, 1)
					continue
				}
				out <- event
			}
		}
	}()
}

// followBelow derives the contexts of the rounds from one that ends with the goroutine.
func (f *follower) followBelow(ctx context.Context, out chan<- int) {
	whole, end := context.WithCancel(ctx)
	round, cancel := context.WithCancel(whole)
	events := f.from.open(round, 0)
	go func() {
		defer close(out)
		defer end()
		for {
			select {
			case <-f.stop:
				return
			case event, ok := <-events:
				if !ok {
					cancel()
					round, cancel = context.WithCancel(whole)
					events = f.from.open(round, 1)
					continue
				}
				out <- event
			}
		}
	}()
}

// followUntil is ended by whoever has started it.
func (f *follower) followUntil(ctx context.Context, out chan<- int) {
	round, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for event := range f.from.open(round, 0) {
			if event == 0 {
				cancel()
				round, cancel = context.WithCancel(ctx)
			}
			out <- event
		}
	}()
	<-done
	cancel()
}

// followLater has none at first.
func (f *follower) followLater(ctx context.Context, starts <-chan int, done func(context.Context, <-chan int)) {
	var end context.CancelFunc
	go func() {
		for at := range starts {
			if end != nil {
				end()
			}
			var round context.Context
			round, end = context.WithCancel(ctx)
			done(round, f.from.open(round, at))
		}
		if end != nil {
			end()
		}
	}()
}
