// Package ok_leaves leaves by return, label, goto, panic and flag.
package ok_leaves

import "context"

func byReturn(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-in:
		case <-ctx.Done():
			return
		}
	}
}

func byLabel(ctx context.Context, in <-chan int) (n int) {
loop:
	for {
		select {
		case v := <-in:
			n += v
		case <-ctx.Done():
			break loop
		}
	}
	return n
}

func byFlag(ctx context.Context, in <-chan int) (n int) {
	running := true
	for running {
		select {
		case v := <-in:
			n += v
		case <-ctx.Done():
			running = false
		}
	}
	return n
}

func byPanic(ctx context.Context, in <-chan int) (n int) {
	for {
		select {
		case v := <-in:
			n += v
		case <-ctx.Done():
			panic("told to end")
		}
	}
}
