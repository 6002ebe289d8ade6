// Package closed_when_done waits for a goroutine that closes a channel at its end, after the last use of the lock.
package closed_when_done

import "sync"

type fan struct {
	mu   sync.RWMutex
	into map[int]chan int
	done chan struct{}
	from chan int
}

func (f *fan) serve() {
	defer close(f.done) // step "only after that closes f.done"
	for value := range f.from {
		f.mu.RLock() // step "waits for closed_when_done.fan.mu"
		for _, to := range f.into {
			select {
			case to <- value:
			default:
			}
		}
		f.mu.RUnlock()
	}
}

func (f *fan) shut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.from)
	<-f.done // want "fan.mu is held while fan.shut waits for f.done, but fan.serve needs"
	f.into = nil
}

func run() {
	f := &fan{into: map[int]chan int{}, done: make(chan struct{}), from: make(chan int)}
	go f.serve()
	f.shut()
}
