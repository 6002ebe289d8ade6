// Package flag_between_values looks at a flag between two values, of which none come when it is set.
package flag_between_values

import "sync/atomic"

type inbox struct {
	in      chan string
	stopped atomic.Bool
	n       atomic.Int64
}

func open() *inbox {
	b := &inbox{in: make(chan string)}
	go b.sort()
	return b
}

func (b *inbox) sort() {
	for !b.stopped.Load() {
		one := <-b.in // want "this goroutine ends when stopped is set, and waits here for a value which nobody sends then"
		b.n.Add(int64(len(one)))
	}
}

func (b *inbox) post(one string) bool {
	if b.stopped.Load() {
		return false
	}
	b.in <- one
	return true
}

func (b *inbox) stop() {
	b.stopped.Store(true) // step "sets the flag, and wakes nobody; who sends looks at the flag first"
}
