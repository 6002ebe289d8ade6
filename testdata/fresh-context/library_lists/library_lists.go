// Package library_lists gets lists and errors from a library whose types are not at hand: they are no handles that live on.
package library_lists

import (
	"context"
	"fmt"
	"net"
)

type Finder struct{ resolver *net.Resolver }

func (f *Finder) refresh(ctx context.Context, zones []string) (int, error) {
	found, err := f.names(zones) // step "ctx is at hand here"
	if err != nil {
		return 0, err
	}
	return len(found), ctx.Err()
}

func (f *Finder) names(zones []string) ([]string, error) {
	var all []string
	for _, zone := range zones {
		hosts, err := f.resolver.LookupHost(context.Background(), zone) // want "f.resolver.LookupHost waits under a fresh context, although all callers"
		if err != nil {
			return nil, fmt.Errorf("looking up %s: %w", zone, err)
		}
		all = append(all, hosts...)
	}
	return all, nil
}

// undone looks once more, although the context is over: that is meant.
func (f *Finder) undone(ctx context.Context, zone string) error {
	_, err := f.resolver.LookupHost(ctx, zone)
	if err == context.Canceled || err == context.DeadlineExceeded {
		_, err = f.resolver.LookupHost(context.Background(), zone)
	}
	return err
}
