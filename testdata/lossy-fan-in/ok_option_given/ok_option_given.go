// Package ok_option_given has a bus whose default is small, and which is always given more room.
package ok_option_given

import "sync"

type option func(*bus)

// WithRoom sets how many states wait for a subscriber.
func WithRoom(n int) option { return func(b *bus) { b.room = n } }

type bus struct {
	mu   sync.Mutex
	room int
	subs []chan string
}

func newBus(options ...option) *bus {
	b := &bus{room: 1}
	for _, set := range options {
		set(b)
	}
	return b
}

func (b *bus) subscribe() <-chan string {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan string, b.room)
	b.subs = append(b.subs, c)
	return c
}

func (b *bus) publish(state string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.subs {
		offer(c, state)
	}
}

func offer(c chan<- string, state string) {
	select {
	case c <- state:
	default:
	}
}

func watch(hosts []string, use func(string)) {
	b := newBus(WithRoom(4096))
	states := b.subscribe()
	for _, host := range hosts {
		go b.publish(host)
	}
	for state := range states {
		use(state)
	}
}
