// Package break_leaves_select_only breaks out of the select, not out of the loop.
package break_leaves_select_only

import "context"

func pump(ctx context.Context, in <-chan int, handle func(int)) {
	for { // step "the loop begins"
		select {
		case v := <-in:
			handle(v)
		case <-ctx.Done(): // want "when ctx is done this branch goes back to the loop"
			break
		}
	}
}
