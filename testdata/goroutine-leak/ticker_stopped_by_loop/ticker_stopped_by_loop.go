// Package ticker_stopped_by_loop stops its ticker when there is no more to do, and goes back to wait for it.
package ticker_stopped_by_loop

import "time"

type poller struct {
	ticker *time.Ticker
	left   []string
}

func (p *poller) run(poll func(string)) {
	for {
		<-p.ticker.C // step "waits for ticks"
		if len(p.left) == 0 {
			p.ticker.Stop() // want "poller.run stops this ticker and waits for its ticks again"
		}
		for _, one := range p.left {
			poll(one)
		}
	}
}

func start(every time.Duration, left []string, poll func(string)) {
	p := &poller{time.NewTicker(every), left}
	go p.run(poll)
}

func until(ended func() bool, beat func()) {
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for range ticks.C {
		if ended() {
			ticks.Stop() // want "until stops this ticker and waits for its ticks again"
			continue
		}
		beat()
	}
}

func inLiteral(every *time.Duration, wake chan<- struct{}) {
	t := time.NewTicker(*every)
	go func() {
		c := t.C
		for {
			select {
			case <-c:
				if *every == 0 {
					t.Stop() // want "inLiteral.* stops this ticker and waits for its ticks again"
				}
				wake <- struct{}{}
			}
		}
	}()
}

var _, _, _ = start, until, inLiteral
