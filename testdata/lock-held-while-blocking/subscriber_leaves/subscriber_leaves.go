// Package subscriber_leaves sends to subscribers under the mutex which they take to be taken off the list.
package subscriber_leaves

import (
	"sync"
	"time"
)

type notifier func(int)

type schema struct {
	mu        sync.Mutex
	notifiers map[string]notifier
}

func (s *schema) register(name string, f notifier) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notifiers[name] = f
}

func (s *schema) unregister(name string) {
	s.mu.Lock() // step "waits for subscriber_leaves.schema.mu"
	defer s.mu.Unlock()
	delete(s.notifiers, name)
}

func (s *schema) broadcast(version int) {
	s.mu.Lock() // step "takes subscriber_leaves.schema.mu"
	defer s.mu.Unlock()
	for _, notify := range s.notifiers {
		notify(version) // want "schema.mu is held while schema.broadcast waits for changed, but waitForChange needs .* when it no longer receives"
	}
}

func waitForChange(s *schema, limit time.Duration) int {
	changed := make(chan int, 1)
	s.register("wait", func(version int) { changed <- version }) // step "sends on changed"
	defer s.unregister("wait")
	last := 0
	for {
		select {
		case last = <-changed:
		case <-time.After(limit):
			return last
		}
	}
}

func run() {
	s := &schema{notifiers: map[string]notifier{}}
	go s.broadcast(1)
	waitForChange(s, time.Second)
}
