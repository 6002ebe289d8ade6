// Package given_and_forgotten is given a context that it never looks at.
package given_and_forgotten

import "context"

func forward(ctx context.Context, in <-chan int, out func(int)) {
	for {
		select { // want "never learns that ctx is over"
		case v := <-in:
			out(v)
		}
	}
}

func start(in <-chan int, out func(int)) context.CancelFunc {
	ctx, cancel := context.WithCancel(context.Background())
	go forward(ctx, in, out)
	return cancel
}
