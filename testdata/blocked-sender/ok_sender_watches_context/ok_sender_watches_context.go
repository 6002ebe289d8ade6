// Package ok_sender_watches_context has a second case wherever it sends.
package ok_sender_watches_context

import "context"

func numbers(ctx context.Context, limit int) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	sum := 0
	for n := range out {
		if n > limit {
			return sum
		}
		sum += n
	}
	return sum
}
