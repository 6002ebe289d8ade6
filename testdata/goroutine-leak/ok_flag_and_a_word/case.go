// Package ok_flag_and_a_word sets a flag and wakes up whoever is to see it, or closes what it waits for.
package ok_flag_and_a_word

import "sync/atomic"

type inbox struct {
	in      chan string
	stopped atomic.Bool
	n       atomic.Int64
}

func open() *inbox {
	b := &inbox{in: make(chan string, 1)}
	go b.sort()
	return b
}

func (b *inbox) sort() {
	for !b.stopped.Load() {
		one := <-b.in
		b.n.Add(int64(len(one)))
	}
}

func (b *inbox) post(one string) {
	select {
	case b.in <- one:
	default:
	}
}

func (b *inbox) stop() {
	b.stopped.Store(true)
	b.post("")
}

type outbox struct {
	out     chan string
	quit    chan struct{}
	stopped atomic.Bool
	n       atomic.Int64
}

func begin() *outbox {
	b := &outbox{out: make(chan string), quit: make(chan struct{})}
	go b.send()
	return b
}

func (b *outbox) send() {
	for !b.stopped.Load() {
		select {
		case one := <-b.out:
			b.n.Add(int64(len(one)))
		case <-b.quit:
		}
	}
}

func (b *outbox) post(one string) bool {
	if b.stopped.Load() {
		return false
	}
	select {
	case b.out <- one:
		return true
	case <-b.quit:
		return false
	}
}

func (b *outbox) stop() {
	if b.stopped.CompareAndSwap(false, true) {
		close(b.quit)
	}
}
