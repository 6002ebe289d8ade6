// Package ok_drains goes on until the producer closes, and takes Done out of the select.
package ok_drains

import "context"

func drain(ctx context.Context, in <-chan int, out chan<- int) {
	for v := range in {
		select {
		case out <- v:
		case <-ctx.Done():
		}
	}
}

func finish(ctx context.Context, in <-chan int, stop func()) (n int) {
	done := ctx.Done()
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return n
			}
			n += v
		case <-done:
			stop()
			done = nil
		}
	}
}

func collect(ctx context.Context, in <-chan error, n int) (errs []error) {
	for i := 0; i < n; i++ {
		select {
		case err := <-in:
			errs = append(errs, err)
		case <-ctx.Done():
			errs = append(errs, ctx.Err())
		}
	}
	return errs
}
