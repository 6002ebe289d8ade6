// Command proxy follows a record in a function of its own, which nobody builds before.
package main

import (
	"context"
	"errors"
	"log"

	"govetpy.test/watch-before-ensure/program_watches/quotas"
)

type proxy struct {
	store *quotas.Store
	zone  string
}

func (p *proxy) run(ctx context.Context) error {
	quota, changes, err := p.store.WatchQuota(ctx, p.zone) // want "comes to a watch of Quota through p.store.WatchQuota"
	if err != nil {
		return err
	}
	for {
		log.Print(quota)
		select {
		case changed, ok := <-changes:
			if !ok {
				return errors.New("the watch has ended")
			}
			quota = changed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func start(p *proxy) error {
	return p.run(context.Background()) // step "the program starts"
}

func main() {
	if err := start(&proxy{quotas.New(), "a"}); err != nil {
		log.Fatal(err)
	}
}
