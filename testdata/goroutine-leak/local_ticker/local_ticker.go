// Package local_ticker gives back a function that stops a ticker which a goroutine ranges over.
package local_ticker

import "time"

func heartbeat(beat func()) (stop func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C { // want "never ends: ticker is stopped"
			beat()
		}
	}()
	return func() { ticker.Stop() }
}
