// Package ok_printed_message prints messages of generated code that nobody changes any more.
package ok_printed_message

import (
	"fmt"
	"io"
)

func watch(log io.Writer, lags <-chan int64, told chan<- bool) *Status {
	var last *Status
	statuses := make(chan *Status)
	go func() {
		for status := range statuses {
			fmt.Fprintf(log, "now %v\n", status)
		}
		told <- true
	}()
	for lag := range lags {
		last = &Status{Serving: true, Lag: lag}
		statuses <- last
	}
	close(statuses)
	return last
}
