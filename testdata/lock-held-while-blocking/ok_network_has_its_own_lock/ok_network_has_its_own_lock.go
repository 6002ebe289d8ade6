// Package ok_network_has_its_own_lock loads over the network under a mutex that events do not need.
package ok_network_has_its_own_lock

import (
	"net/http"
	"sync"
)

type tracker struct {
	loading sync.Mutex
	mu      sync.Mutex
	events  chan string
	seen    map[string]int
	content map[string]string
	client  http.Client
}

func (t *tracker) start() {
	go func() {
		for name := range t.events {
			t.note(name)
		}
	}()
}

func (t *tracker) note(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen[name]++
}

func (t *tracker) load(name string) error {
	t.loading.Lock()
	defer t.loading.Unlock()
	answer, err := t.client.Get("http://" + name)
	if err != nil {
		return err
	}
	t.mu.Lock()
	t.content[name] = answer.Status
	t.mu.Unlock()
	return answer.Body.Close()
}

func run() error {
	t := &tracker{events: make(chan string, 1), seen: map[string]int{}, content: map[string]string{}}
	t.start()
	t.events <- "a"
	return t.load("a")
}
