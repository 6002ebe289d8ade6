// Package tick_waits has a ticker that waits until its tick is taken: whoever stops it is not heard.
package tick_waits

import "time"

func each(d time.Duration, work func() bool) {
	c := make(chan time.Time)
	done := make(chan struct{})
	go func() {
		for {
			timer := time.NewTimer(d)
			select {
			case <-timer.C:
				c <- time.Now() // want "this send on c may wait for ever"
			case <-done:
				timer.Stop()
				return
			}
		}
	}()
	defer close(done)
	for range c {
		if !work() {
			return
		}
	}
}
