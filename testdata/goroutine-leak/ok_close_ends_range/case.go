// Package ok_close_ends_range closes the channel, sends a word that ends the loop, or has nothing that ends.
package ok_close_ends_range

import "sync"

type tracker struct {
	mu     sync.Mutex
	events chan string
	closed bool
	seen   func(string)
}

func track(seen func(string)) *tracker {
	t := &tracker{events: make(chan string, 16), seen: seen}
	go t.loop()
	return t
}

func (t *tracker) loop() {
	for event := range t.events {
		t.seen(event)
	}
}

func (t *tracker) Notify(event string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		select {
		case t.events <- event:
		default:
		}
	}
}

func (t *tracker) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.closed = true
		close(t.events)
	}
}

type told struct {
	events chan string
	seen   func(string)
}

func tell(seen func(string)) *told {
	t := &told{events: make(chan string), seen: seen}
	go t.loop()
	return t
}

func (t *told) loop() {
	for event := range t.events {
		if event == "" {
			return
		}
		t.seen(event)
	}
}

func (t *told) Notify(event string) { t.events <- event }

func (t *told) Close() { t.events <- "" }

type whole struct {
	events chan string
	seen   func(string)
}

func start(seen func(string)) *whole {
	w := &whole{events: make(chan string), seen: seen}
	go w.loop()
	return w
}

func (w *whole) loop() {
	for event := range w.events {
		w.seen(event)
	}
}

func (w *whole) Notify(event string) { w.events <- event }
