// Package ok_options_of_each_call lets listeners say how much room they want, and each says so.
package ok_options_of_each_call

import (
	"sync"
	"time"
)

type reading struct {
	sensor string
	value  float64
}

type settings struct{ room int }

type setting interface{ apply(*settings) }

type room int

func (r room) apply(s *settings) { s.room = int(r) }

func withRoom(n int) setting { return room(n) }

type listener[T any] struct{ in chan T }

type board[T any] struct {
	mu        sync.Mutex
	listeners map[string]*listener[T]
}

func (b *board[T]) listen(name string, given ...setting) *listener[T] {
	s := settings{room: 2}
	for _, one := range given {
		one.apply(&s)
	}
	l := &listener[T]{in: make(chan T, s.room)}
	b.mu.Lock()
	b.listeners[name] = l
	b.mu.Unlock()
	return l
}

func (b *board[T]) post(value T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.listeners {
		select {
		case l.in <- value:
		default:
		}
	}
}

func measure(sensors []string, read func(string) float64) {
	b := &board[reading]{listeners: map[string]*listener[reading]{}}
	go show(b)
	for _, sensor := range sensors {
		go func() {
			for {
				b.post(reading{sensor, read(sensor)})
				time.Sleep(time.Second)
			}
		}()
	}
}

func show(b *board[reading]) {
	for one := range b.listen("display", withRoom(4096)).in {
		println(one.sensor, one.value)
	}
}
