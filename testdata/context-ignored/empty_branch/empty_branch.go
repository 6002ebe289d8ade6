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

// counted has a statement after each turn, which is no part of the branch.
func counted(ctx context.Context, out chan<- int) {
	for at := 0; ; at++ {
		select {
		case out <- at:
		case <-ctx.Done(): // want "this branch goes back to the loop, which then spins"
		}
	}
}
