// Package options_too_late runs the options of a constructor when the goroutine that reads the fields is under way.
package options_too_late

import "time"

type option func(*beat)

type beat struct {
	every time.Duration
	stop  chan bool
	ended chan bool
}

func withEvery(every time.Duration) option {
	return func(b *beat) {
		b.every = every // want "field b.every is written while another goroutine may read it"
	}
}

func start(options ...option) *beat {
	b := &beat{every: time.Millisecond, stop: make(chan bool), ended: make(chan bool)}
	go b.loop()
	for _, o := range options {
		o(b)
	}
	return b
}

func (b *beat) loop() {
	defer close(b.ended)
	for {
		select {
		case <-time.After(b.every):
		case <-b.stop:
			return
		}
	}
}

func (b *beat) close() {
	close(b.stop)
	<-b.ended
}
