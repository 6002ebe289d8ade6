// Package time_bomb watches over some work with a timer that one way out does not call off.
package time_bomb

import (
	"log"
	"time"
)

type server struct{ serving bool }

func (s *server) shutdown(limit time.Duration) {
	finished := make(chan struct{})
	go func() {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		select {
		case <-timer.C:
			log.Fatal("shutdown takes too long")
		case <-finished: // want "this receive from finished may wait until the timer goes off: the function that started the goroutine may return without closing"
		}
	}()
	if !s.serving {
		return
	}
	s.serving = false
	close(finished)
}
