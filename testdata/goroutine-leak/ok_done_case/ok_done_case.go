// Package ok_done_case ends its goroutine by a channel of its own.
package ok_done_case

import "time"

type poller struct {
	tick *time.Ticker
	done chan struct{}
}

func (p *poller) start(poll func()) {
	go func() {
		for {
			select {
			case <-p.tick.C:
				poll()
			case <-p.done:
				return
			}
		}
	}()
}

func (p *poller) Stop() {
	p.tick.Stop()
	close(p.done)
}
