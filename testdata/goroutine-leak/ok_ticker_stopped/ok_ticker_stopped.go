// Package ok_ticker_stopped leaves the loop with its ticker, makes a new one, or has something else to wait for.
package ok_ticker_stopped

import "time"

func leaves(ended func() bool, beat func()) {
	ticks := time.NewTicker(time.Second)
	for range ticks.C {
		if ended() {
			ticks.Stop()
			return
		}
		beat()
	}
}

func slower(beat func() bool) {
	ticks := time.NewTicker(time.Second)
	for {
		<-ticks.C
		if !beat() {
			ticks.Stop()
			ticks = time.NewTicker(time.Minute)
		}
	}
}

func idles(done chan struct{}, beat func() bool) {
	ticks := time.NewTicker(time.Second)
	for {
		select {
		case <-ticks.C:
			if !beat() {
				ticks.Stop()
			}
		case <-done:
			return
		}
	}
}

type pausable struct{ ticks *time.Ticker }

func (p *pausable) run(beat func() bool) {
	for range p.ticks.C {
		if !beat() {
			p.ticks.Stop()
		}
	}
}

func (p *pausable) resume() { p.ticks.Reset(time.Second) }

func both(beat func() bool) *pausable {
	p := &pausable{time.NewTicker(time.Second)}
	go p.run(beat)
	return p
}

var _, _, _, _ = leaves, slower, idles, both
