// Package ok_readers_share waits with a read lock for a goroutine that takes it for reading as well.
package ok_readers_share

import "sync"

type fan struct {
	mu   sync.RWMutex
	into map[int]chan int
	done chan struct{}
	from chan int
}

func (f *fan) serve() {
	defer close(f.done)
	for value := range f.from {
		f.mu.RLock()
		for _, to := range f.into {
			select {
			case to <- value:
			default:
			}
		}
		f.mu.RUnlock()
	}
}

func (f *fan) drain() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	close(f.from)
	<-f.done
}

func run() {
	f := &fan{into: map[int]chan int{}, done: make(chan struct{}), from: make(chan int)}
	go f.serve()
	f.drain()
}
