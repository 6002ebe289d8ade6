// Package ok_forgotten_subscriber takes a subscriber's channel out of the table, and closes it; who
// looks for another end as well, or is never taken out, goes on as long as is meant.
package ok_forgotten_subscriber

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
	if messages, ok := t.subs[id]; ok {
		delete(t.subs, id)
		close(messages)
	}
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
		for message := range messages {
			log.Print(message)
		}
	}()
	return work()
}

type queues struct {
	mu    sync.Mutex
	byKey map[string]chan string
	quit  chan struct{}
}

func (q *queues) open(key string) {
	lines := make(chan string)
	q.mu.Lock()
	q.byKey[key] = lines
	q.mu.Unlock()
	go func() {
		for {
			select {
			case line := <-lines:
				log.Print(line)
			case <-q.quit:
				return
			}
		}
	}()
}

func (q *queues) put(key, line string) {
	q.mu.Lock()
	lines := q.byKey[key]
	q.mu.Unlock()
	select {
	case lines <- line:
	case <-q.quit:
	}
}

func (q *queues) drop(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.byKey, key)
}

func (q *queues) end() { close(q.quit) }
