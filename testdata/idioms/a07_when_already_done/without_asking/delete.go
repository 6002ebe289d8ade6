// Package without_asking takes a fresh context although its own may be alive: the caller who gives up is not heard.
package without_asking

import (
	"context"
	"time"
)

type store struct{ answers chan error }

func (s *store) remove(ctx context.Context, path string) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func deleteCell(ctx context.Context, local, global *store, cell string, force bool) error { // step "ctx is at hand"
	if err := local.remove(ctx, cell); err != nil && !force {
		return err
	}
	own, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	return global.remove(own, cell) // want "global.remove waits under a fresh context: the end of ctx"
}
