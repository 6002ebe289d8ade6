// Package ok_ticks_selected beats until a query has ended, leaves by a beat that fails, or beats for the whole program.
package ok_ticks_selected

import (
	"context"
	"time"
)

func rows(ctx context.Context, run func(context.Context) error, beat func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				beat()
			}
		}
	}()
	return run(ctx)
}

func lines(run func() error, beat func() error) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	go func() {
		for {
			<-ticker.C
			if beat() != nil {
				return
			}
		}
	}()
	return run()
}

func forever(beat func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for {
			<-ticker.C
			beat()
		}
	}()
}
