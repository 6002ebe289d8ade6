// Package close_in_loop closes a channel in a case that does not leave the loop.
package close_in_loop

import "context"

type tracker struct{ updates chan int }

func (t *tracker) run(ctx context.Context, apply func(int)) {
	for {
		select {
		case u := <-t.updates:
			apply(u)
		case <-ctx.Done():
			close(t.updates) // want "t.updates may be closed twice: this close may be repeated"
		}
	}
}
