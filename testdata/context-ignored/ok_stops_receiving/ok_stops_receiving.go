// Package ok_stops_receiving does something about a channel that is closed, or takes its time.
package ok_stops_receiving

import "time"

type Source struct {
	out       <-chan int
	subscribe func() <-chan int
}

func (s *Source) open() { s.out = s.subscribe() }

func both(a, b <-chan int, handle func(int)) {
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			handle(v)
		case v, ok := <-b:
			if !ok {
				b = nil
				break
			}
			handle(v)
		}
	}
}

func marked(a <-chan int, quit <-chan struct{}, handle func(int)) {
	over := false
	for !over {
		select {
		case v, ok := <-a:
			if !ok {
				over = true
				break
			}
			handle(v)
		case <-quit:
			return
		}
	}
}

func opensAnother(s *Source, handle func(int)) {
	for {
		v, ok := <-s.out
		if !ok {
			s.open()
			continue
		}
		handle(v)
	}
}

func pauses(a <-chan int, tick *time.Ticker, handle func(int)) {
	for {
		<-tick.C
		v, ok := <-a
		if !ok {
			continue
		}
		handle(v)
	}
}

func testedBehind(a <-chan int, quit <-chan struct{}, handle func(int)) {
	for {
		var v int
		var ok bool
		select {
		case v, ok = <-a:
		case <-quit:
			return
		}
		if !ok {
			return
		}
		handle(v)
	}
}

func closesItself(a chan int, quit <-chan struct{}, handle func(int)) {
	for {
		select {
		case <-quit:
			close(a)
			return
		case v, ok := <-a:
			if ok {
				handle(v)
			}
		}
	}
}
