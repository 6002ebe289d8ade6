// Package ok_drained empties the channel on the way out, in place or in the background.
package ok_drained

import "context"

func first(ctx context.Context, produce func(chan<- int), good func(int) bool) int {
	values := make(chan int)
	go func() {
		defer close(values)
		produce(values)
	}()
	defer func() {
		for range values {
		}
	}()
	for v := range values {
		if good(v) {
			return v
		}
	}
	return 0
}

func result(ctx context.Context, compute func() int) (int, error) {
	done := make(chan int)
	go func() { done <- compute() }()
	select {
	case v := <-done:
		return v, nil
	case <-ctx.Done():
		<-done
		return 0, ctx.Err()
	}
}
