// Package empty_branch does nothing when it is told to end.
package empty_branch

import (
	"context"
	"log"
)

type worker struct{ jobs chan string }

func (w *worker) run(ctx context.Context) {
	go func() {
		for {
			select {
			case job, ok := <-w.jobs:
				if !ok {
					return
				}
				log.Print(job)
			case <-ctx.Done(): // want "when ctx is done this branch goes back"
			}
		}
	}()
}
