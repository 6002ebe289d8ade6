// Package ok_unshared hands its context on, or has it for itself for a reason.
package ok_unshared

import (
	"context"
	"time"
)

func pump(ctx context.Context, out chan<- int) {
	go feed(ctx, out)
}

func feed(ctx context.Context, out chan<- int) {
	for at := 0; ; at++ {
		select {
		case out <- at:
		case <-ctx.Done():
			return
		}
	}
}

func handedOn(parent context.Context) int {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	out := make(chan int)
	pump(ctx, out)
	select {
	case at := <-out:
		return at
	case <-ctx.Done():
		return 0
	}
}

// signal is what others may end.
func signal(parent context.Context, onStop func(func())) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	onStop(cancel)
	out := make(chan int)
	pump(parent, out)
	for {
		select {
		case <-out:
		case <-ctx.Done():
			return
		}
	}
}

// limited waits for so long itself.
func limited(parent context.Context) int {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	out := make(chan int)
	pump(parent, out)
	select {
	case at := <-out:
		return at
	case <-ctx.Done():
		return 0
	}
}

// alone starts nothing.
func alone(parent context.Context, work func() bool) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	for ctx.Err() == nil && work() {
	}
}

// caught has it in the literal.
func caught(parent context.Context, out chan int) int {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	go func() {
		select {
		case out <- 1:
		case <-ctx.Done():
		}
	}()
	return <-out
}
