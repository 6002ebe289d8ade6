// Package ok_copies changes copies of a struct only.
package ok_copies

import "sync"

type options struct{ deep bool }

func with(o options) options {
	o.deep = true
	return o
}

func ok(base *options, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			own := *base
			own.deep = true
			_ = with(own)
		})
	}
	wg.Wait()
}
