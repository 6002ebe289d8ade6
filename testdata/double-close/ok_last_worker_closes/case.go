// Package ok_last_worker_closes has goroutines that close a channel of their own, or see to it that one closes.
package ok_last_worker_closes

import (
	"sync"
	"sync/atomic"
)

func work(in <-chan int, out chan<- int) {
	for value := range in {
		out <- 2 * value
	}
}

func start(in <-chan int, workers int) <-chan int {
	var group sync.WaitGroup
	out := make(chan int)
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			work(in, out)
		}()
	}
	go func() {
		group.Wait()
		close(out)
	}()
	return out
}

func lastCloses(in <-chan int, workers int) <-chan int {
	var left atomic.Int64
	left.Store(int64(workers))
	out := make(chan int)
	for range workers {
		go func() {
			work(in, out)
			if left.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	return out
}

func each(ins []<-chan int) []<-chan int {
	var all []<-chan int
	for _, in := range ins {
		out := make(chan int)
		go func() {
			defer close(out)
			work(in, out)
		}()
		all = append(all, out)
	}
	return all
}

func firstOnly(ins []<-chan int) <-chan int {
	out := make(chan int)
	for at, in := range ins {
		if at == 0 {
			go func() {
				defer close(out)
				work(in, out)
			}()
		}
	}
	return out
}

func either(a, b <-chan int, left bool) <-chan int {
	out := make(chan int)
	pump := func(in <-chan int) {
		work(in, out)
		close(out)
	}
	if left {
		go pump(a)
	} else {
		go pump(b)
	}
	return out
}

type line struct{ in, out chan int }

// run serves one connection after the other, each with a channel of its own.
func (l *line) run(rounds int) {
	for range rounds {
		l.renew()
		go l.serve()
		for range l.out {
		}
	}
}

func (l *line) renew() { l.out = make(chan int) }

func (l *line) serve() {
	defer close(l.out)
	l.out <- <-l.in
}

func lines(rounds int, first int) {
	l := &line{in: make(chan int, 1)}
	l.in <- first
	l.run(rounds)
}
