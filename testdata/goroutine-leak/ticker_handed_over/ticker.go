// Package ticker_handed_over gives the ticker to the goroutine as an argument; stopping it ends nothing.
package ticker_handed_over

import "time"

type sampler struct {
	clock  *time.Ticker
	sample func(time.Time)
}

func (s *sampler) open(every time.Duration) {
	s.clock = time.NewTicker(every)
	go collect(s.clock, s.sample) // step "goroutine is started"
}

func collect(clock *time.Ticker, sample func(time.Time)) {
	for at := range clock.C { // want "never ends: clock is stopped"
		sample(at)
	}
}

func (s *sampler) close() {
	s.clock.Stop() // step "the ticker is stopped"
}
