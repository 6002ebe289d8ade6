// Package handlers_by_topic has workers that look up who handles a message by its topic: two messages of one topic meet
// in one handler.
package handlers_by_topic

import "sync"

type message struct{ topic, body string }

type handler interface{ handle(m message) }

type tally struct{ seen map[string]int }

func (t *tally) handle(m message) {
	t.seen[m.body]++ // want "map t.seen is written by several goroutines at once"
}

type silent struct{}

func (silent) handle(message) {}

type hub struct {
	handlers map[string]handler
	in       chan message
}

func (h *hub) register(topic string, one handler) { h.handlers[topic] = one }

func (h *hub) run(workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for m := range h.in {
				if one, ok := h.handlers[m.topic]; ok {
					one.handle(m)
				}
			}
		}()
	}
	wg.Wait()
}

func count(bodies []string) map[string]int {
	t := &tally{seen: map[string]int{}}
	h := &hub{handlers: map[string]handler{}, in: make(chan message, len(bodies))}
	h.register("a", t)
	h.register("b", silent{})
	for _, body := range bodies {
		h.in <- message{"a", body}
	}
	close(h.in)
	h.run(4)
	return t.seen
}
