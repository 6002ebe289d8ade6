// Package front limits requests to what the quota says.
package front

import (
	"context"

	"govetpy.test/watch-before-ensure/store_of_its_own/registry"
)

type quotas interface {
	WatchQuota(ctx context.Context, service string) (<-chan registry.Quota, error)
}

// Run limits until the context ends.
func Run(ctx context.Context, client *registry.Client) error {
	return follow(ctx, client) // want "Run comes to a watch of Quota through follow"
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
