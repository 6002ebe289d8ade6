// Package forgotten_subscriber takes a subscriber's channel out of the table, and leaves its goroutine waiting.
package forgotten_subscriber

import (
	"log"
	"sync"
)

type topic struct {
	mu   sync.Mutex
	subs map[int]chan string
	next int
}

func (t *topic) subscribe() (int, <-chan string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.next++
	messages := make(chan string, 8)
	t.subs[t.next] = messages
	return t.next, messages
}

func (t *topic) unsubscribe(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.subs, id) // step "taken out of the map"
}

func (t *topic) publish(message string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, messages := range t.subs {
		select {
		case messages <- message:
		default:
			log.Print("slow: ", id)
		}
	}
}

func (t *topic) follow(work func() error) error {
	id, messages := t.subscribe()
	defer t.unsubscribe(id)
	go func() {
		for message := range messages { // want "this receive from messages may wait for ever: it is taken from where"
			log.Print(message)
		}
	}()
	return work()
}
