// Package ok_handlers_by_topic has handlers with a lock, and workers whose messages each have an entry of their own.
package ok_handlers_by_topic

import "sync"

type message struct{ topic, body string }

type handler interface{ handle(m message) }

type tally struct {
	mu   sync.Mutex
	seen map[string]int
}

func (t *tally) handle(m message) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen[m.body]++
}

type silent struct{}

func (silent) handle(message) {}

type result struct{ parts map[string]int }

type hub struct {
	handlers map[string]handler
	results  map[string]*result
	in       chan message
}

func (h *hub) run(workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for len(h.in) > 0 {
				select {
				case m := <-h.in:
					if one, ok := h.handlers[m.topic]; ok {
						one.handle(m)
					}
					h.results[m.body].parts[m.topic] = len(m.body)
				default:
				}
			}
		}()
	}
	wg.Wait()
}

func count(bodies []string) map[string]int {
	t := &tally{seen: map[string]int{}}
	h := &hub{
		handlers: map[string]handler{"a": t, "b": silent{}},
		results:  map[string]*result{},
		in:       make(chan message, len(bodies)),
	}
	for _, body := range bodies {
		h.results[body] = &result{map[string]int{}}
		h.in <- message{"a", body}
	}
	h.run(4)
	return t.seen
}
