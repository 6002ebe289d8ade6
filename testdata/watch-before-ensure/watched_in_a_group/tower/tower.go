// Package tower follows the charts of its fields, one goroutine each.
package tower

import (
	"context"
	"errors"
	"log"
	"sync"

	"govetpy.test/watch-before-ensure/watched_in_a_group/charts"
)

type box interface {
	GetChart(ctx context.Context, field string) (string, error)
	CreateChart(ctx context.Context, field string) error
	WatchChart(ctx context.Context, field string) (<-chan string, error)
}

// Open follows all charts until the context ends.
func Open(ctx context.Context, box box, fields []string) error {
	var wg sync.WaitGroup
	failed := make(chan error, len(fields))
	for _, field := range fields {
		wg.Go(func() { // want "Open comes to a watch of Chart"
			changes, err := box.WatchChart(ctx, field)
			if err != nil {
				failed <- err
				return
			}
			follow(ctx, changes)
		})
	}
	wg.Wait()
	close(failed)
	return <-failed
}

// OpenCarefully draws the charts that are not there yet.
func OpenCarefully(ctx context.Context, box box, fields []string) {
	var wg sync.WaitGroup
	for _, field := range fields {
		wg.Go(func() {
			_, err := box.GetChart(ctx, field)
			if errors.Is(err, charts.ErrNone) {
				err = box.CreateChart(ctx, field)
			}
			if err != nil {
				log.Print(err)
				return
			}
			if changes, err := box.WatchChart(ctx, field); err == nil {
				follow(ctx, changes)
			}
		})
	}
	wg.Wait()
}

func follow(ctx context.Context, changes <-chan string) {
	for {
		select {
		case chart := <-changes:
			log.Print(chart)
		case <-ctx.Done():
			return
		}
	}
}
