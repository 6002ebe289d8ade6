// Package ticks_selected beats while a query runs, and goes on to wait for ticks when it has ended.
package ticks_selected

import "time"

func rows(run func() error, beat func()) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop() // step "the ticker is stopped"
	go func() {         // step "a goroutine is started"
		for {
			select { // want "this goroutine never ends: ticker is stopped, which does not close its channel"
			case <-ticker.C:
				beat()
			}
		}
	}()
	return run()
}

func lines(run func() error, beat func()) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	go func() {
		for {
			<-ticker.C // want "this goroutine never ends: ticker is stopped, which does not close its channel"
			beat()
		}
	}()
	return run()
}
