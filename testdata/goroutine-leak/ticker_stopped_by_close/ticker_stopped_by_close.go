// Package ticker_stopped_by_close stops the ticker, but not the goroutine that waits for it.
package ticker_stopped_by_close

import "time"

type poller struct {
	tick *time.Ticker
	poll func()
}

func start(poll func()) *poller {
	p := &poller{tick: time.NewTicker(time.Second), poll: poll}
	go p.run() // step "goroutine is started"
	return p
}

func (p *poller) run() {
	for range p.tick.C { // want "never ends: p.tick is stopped"
		p.poll()
	}
}

func (p *poller) close() {
	p.tick.Stop() // step "the ticker is stopped"
}
