// Package ok_given_away hands the channel to code that is not in view, or to whoever calls.
package ok_given_away

import (
	"os"
	"os/signal"
)

// Events is for callers to receive from.
func Events(poll func() int) <-chan int {
	events := make(chan int)
	go func() {
		for {
			events <- poll()
		}
	}()
	return events
}

func untilInterrupted() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	<-stop
}
