// Package renewed_when_expired replaces the context when it has ended, and with it the lock (idiom A7 gone wrong).
package renewed_when_expired

import (
	"context"
	"fmt"
)

type leaseKey string

const lease leaseKey = "lease"

func acquire(ctx context.Context, id int) context.Context { return context.WithValue(ctx, lease, id) }

func commit(ctx context.Context, what string) error {
	id, ok := ctx.Value(lease).(int)
	if !ok {
		return fmt.Errorf("no lease for %s", what)
	}
	return renew(ctx, id)
}

func renew(ctx context.Context, _ int) error { return ctx.Err() }

func bad(ctx context.Context) error {
	ctx = acquire(ctx, 1)
	if err := renew(ctx, 1); err != nil {
		if ctx.Err() != nil {
			ctx = context.Background() // step "fresh context"
		}
		return commit(ctx, "undo") // want "commit fails without the context value .*lease"
	}
	return commit(ctx, "do")
}
