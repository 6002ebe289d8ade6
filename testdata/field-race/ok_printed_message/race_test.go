package ok_printed_message

import (
	"io"
	"testing"
)

func TestRace(t *testing.T) {
	lags, told := make(chan int64), make(chan bool, 1)
	go func() {
		for lag := range int64(500) {
			lags <- lag
		}
		close(lags)
	}()
	watch(io.Discard, lags, told)
	<-told
}
