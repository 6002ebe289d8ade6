// Package ends_never waits for the end of a context that has none.
package ends_never

import "context"

func wait(in <-chan int) int {
	ctx := context.Background()
	select {
	case v := <-in:
		return v
	case <-ctx.Done(): // want "never becomes ready: this context has no end"
		return 0
	}
}
