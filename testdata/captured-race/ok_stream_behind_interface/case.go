// Package ok_stream_behind_interface has sources that run one callback at a time, though from many goroutines.
package ok_stream_behind_interface

import "sync"

type source interface {
	stream(left, right func(int))
}

type inOrder struct{}

func (inOrder) stream(left, right func(int)) {
	left(1)
	right(1)
}

type serialised struct{ copies int }

func (s serialised) stream(left, right func(int)) {
	var mu sync.Mutex
	var all sync.WaitGroup
	for i := range s.copies {
		all.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			left(i)
			right(i)
		})
	}
	all.Wait()
}

var sources = []source{inOrder{}, serialised{4}}

func balance(from source) int {
	n := 0
	from.stream(func(v int) { n += v }, func(v int) { n -= v })
	return n
}
