// Package ok_entry_point begins with a fresh context and puts the value in before it is needed; errors of the check
// are not the fresh context's (idiom A13).
package ok_entry_point

import (
	"context"
	"errors"
	"time"
)

type callerKey struct{}

func newContext(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, callerKey{}, name)
}

func authorize(ctx context.Context) error {
	name, ok := ctx.Value(callerKey{}).(string)
	if !ok || name == "" {
		return errors.New("who is calling")
	}
	return nil
}

// ComQuery is called by a listener that knows no context.
func ComQuery(user string, limit time.Duration) error {
	var ctx context.Context
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), limit)
	} else {
		ctx, cancel = context.WithCancel(context.Background())
	}
	defer cancel()
	ctx = newContext(ctx, user)
	return authorize(ctx)
}
