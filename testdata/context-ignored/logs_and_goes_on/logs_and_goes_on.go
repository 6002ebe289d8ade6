// Package logs_and_goes_on says that the context is over, again and again.
package logs_and_goes_on

import (
	"context"
	"log"
	"time"
)

func poll(ctx context.Context, check func() bool) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	done := ctx.Done()
	for {
		select {
		case <-ticker.C:
			if check() {
				return
			}
		case <-done: // want "when ctx is done this branch goes back"
			log.Print("the context is over: ", ctx.Err())
			continue
		}
	}
}
