// Package network_delays_events loads over the network under the mutex that the event loop takes for each event.
package network_delays_events

import (
	"net/http"
	"sync"
)

type tracker struct {
	mu      sync.Mutex
	events  chan string
	seen    map[string]int
	content map[string]string
	client  http.Client
}

func (t *tracker) start() {
	go func() {
		for name := range t.events { // step "receives value after value"
			t.note(name)
		}
	}()
}

func (t *tracker) note(name string) {
	t.mu.Lock() // step "waits for network_delays_events.tracker.mu"
	defer t.mu.Unlock()
	t.seen[name]++
}

func (t *tracker) count(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[name]
}

func (t *tracker) load(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.fetch(name) // want "tracker.mu is held while tracker.load waits for the network in t.fetch; func literal in tracker.start needs it"
}

func (t *tracker) fetch(name string) error {
	answer, err := t.client.Get("http://" + name) // step "waits for the network"
	if err != nil {
		return err
	}
	t.content[name] = answer.Status
	return answer.Body.Close()
}

func run() error {
	t := &tracker{events: make(chan string, 1), seen: map[string]int{}, content: map[string]string{}}
	t.start()
	t.events <- "a"
	return t.load("a")
}
