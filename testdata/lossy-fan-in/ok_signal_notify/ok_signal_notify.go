// Package ok_signal_notify gives the runtime a channel with room for one signal, and passes signals on (idiom B8).
package ok_signal_notify

import (
	"os"
	"os/signal"
)

type waiter struct{ signals chan os.Signal }

func (w *waiter) pass(s os.Signal) {
	select {
	case w.signals <- s:
	default:
	}
}

func run(sources []chan os.Signal, stop func()) {
	w := &waiter{signals: make(chan os.Signal, 1)}
	signal.Notify(w.signals, os.Interrupt)
	for _, source := range sources {
		go func() {
			for s := range source {
				w.pass(s)
			}
		}()
	}
	for range w.signals {
		stop()
	}
}
