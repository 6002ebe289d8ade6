// Package close_without_close has a Close that does not close what the goroutine ranges over.
package close_without_close

import "sync/atomic"

type tracker struct {
	events chan string
	closed atomic.Bool
	seen   func(string)
}

func track(seen func(string)) *tracker {
	t := &tracker{events: make(chan string, 16), seen: seen}
	go t.loop() // want "never ends, although there is tracker.Close"
	return t
}

func (t *tracker) loop() {
	for event := range t.events {
		t.seen(event)
	}
}

func (t *tracker) Notify(event string) {
	if !t.closed.Load() {
		select {
		case t.events <- event:
		default:
		}
	}
}

func (t *tracker) Close() { t.closed.Store(true) }
