// Package closed_by_receiver closes a subscription from the wrong end.
package closed_by_receiver

import "context"

type hub struct{ subscribers []chan int }

func (h *hub) subscribe() chan int {
	c := make(chan int, 8)
	h.subscribers = append(h.subscribers, c)
	return c
}

func (h *hub) broadcast(n int) {
	for _, c := range h.subscribers {
		select {
		case c <- n: // step "a send after that panics"
		default:
		}
	}
}

type tracker struct{ updates chan int }

func track(h *hub) *tracker { return &tracker{updates: h.subscribe()} }

func (t *tracker) start(ctx context.Context, apply func(int)) {
	go func() {
		for {
			select {
			case n := <-t.updates:
				apply(n)
			case <-ctx.Done():
				close(t.updates) // want "t.updates is closed by its receiver, while others may still send"
				return
			}
		}
	}()
}
