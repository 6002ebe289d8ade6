// Package zero_after_close reads the fields of what a closed channel yields.
package zero_after_close

import "context"

type health struct{ up bool }

type check struct{ subscribers map[chan *health]bool }

func (c *check) subscribe() chan *health {
	s := make(chan *health, 2)
	c.subscribers[s] = true
	return s
}

func (c *check) close() {
	for s := range c.subscribers {
		close(s) // step "the channel is closed"
	}
}

func watch(ctx context.Context, c *check, down func()) {
	updates := c.subscribe()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case h := <-updates: // want "does not ask whether the channel is closed"
				if !h.up {
					down()
				}
			}
		}
	}()
}
