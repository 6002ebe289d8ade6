// Package front limits requests to what the quota says.
package front

import (
	"context"

	"govetpy.test/watch-before-ensure/ok_built_in_a_retry/registry"
)

type quotas interface {
	WatchQuota(ctx context.Context, service string) (<-chan registry.Quota, error)
}

// Run limits until the context ends.
func Run(ctx context.Context, client *registry.Client) error {
	create := func() error { return client.CreateQuota(ctx, "front", registry.Quota{Requests: 1}) }
	if err := retried(create); err != nil {
		return err
	}
	return follow(ctx, client)
}

func follow(ctx context.Context, client quotas) error {
	changes, err := client.WatchQuota(ctx, "front")
	if err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changes:
		}
	}
}

func retried(action func() error) error {
	err := action()
	for attempt := 0; err != nil && attempt < 3; attempt++ {
		err = action()
	}
	return err
}
