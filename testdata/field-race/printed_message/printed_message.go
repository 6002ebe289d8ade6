// Package printed_message prints a message of generated code while it is filled.
package printed_message

import (
	"fmt"
	"io"
)

func watch(log io.Writer, lags <-chan int64, told chan<- bool) *Status {
	status := &Status{Serving: true}
	go func() {
		for range 500 {
			fmt.Fprintf(log, "now %v\n", status)
		}
		told <- true
	}()
	for lag := range lags {
		status.Lag = lag // want "field status.Lag is written while another goroutine may read it"
	}
	return status
}
