// Package ok_collected_timers leaves timers behind that Go collects from 1.23 on.
package ok_collected_timers

import "time"

func wait(stop <-chan struct{}, events <-chan int, handle func(int), interval func() time.Duration) {
	ticker := time.NewTicker(time.Second)
	<-ticker.C
	for {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(interval()):
			return
		case <-stop:
			return
		}
	}
}
