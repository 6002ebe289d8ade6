// Package ok_wakes_itself tells itself to go round again.
package ok_wakes_itself

import "time"

type compactor struct {
	wake chan struct{}
	stop chan struct{}
	work func() bool
}

func newCompactor(work func() bool) *compactor {
	return &compactor{wake: make(chan struct{}, 1), stop: make(chan struct{}), work: work}
}

func (c *compactor) run(tick *time.Ticker) {
	for {
		select {
		case <-tick.C:
			select {
			case c.wake <- struct{}{}:
			default:
			}
		case <-c.wake:
			if c.work() {
				c.wake <- struct{}{}
			}
		case <-c.stop:
			return
		}
	}
}
