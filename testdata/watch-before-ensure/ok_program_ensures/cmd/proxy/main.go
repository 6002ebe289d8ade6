// Command proxy follows a record in a function of its own, and has it built before.
package main

import (
	"context"
	"errors"
	"log"

	"govetpy.test/watch-before-ensure/ok_program_ensures/quotas"
)

type proxy struct {
	store *quotas.Store
	zone  string
}

func (p *proxy) run(ctx context.Context) error {
	quota, changes, err := p.store.WatchQuota(ctx, p.zone)
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
	if err := p.store.EnsureQuota(context.Background(), p.zone); err != nil {
		return err
	}
	return p.run(context.Background())
}

func main() {
	if err := start(&proxy{quotas.New(), "a"}); err != nil {
		log.Fatal(err)
	}
}
