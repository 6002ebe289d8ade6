// Package ok_leaves_loop returns after the close, or makes a new channel.
package ok_leaves_loop

import "context"

type feed struct{ events chan int }

func (f *feed) run(ctx context.Context, handle func(int)) {
	for {
		select {
		case e := <-f.events:
			handle(e)
		case <-ctx.Done():
			close(f.events)
			return
		}
	}
}

func (f *feed) reset(again func() bool) {
	for again() {
		close(f.events)
		f.events = make(chan int)
	}
}

func closeAll(feeds []*feed, signals map[string]chan struct{}) {
	for _, f := range feeds {
		close(f.events)
	}
	for _, signal := range signals {
		close(signal)
	}
}
