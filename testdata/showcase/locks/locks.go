// Package locks keeps the locks that a request holds in its context.
package locks

import (
	"context"
	"fmt"
)

type keyType struct{}

var heldKey keyType

// Acquire locks a keyspace; the context it returns carries the lock.
func Acquire(ctx context.Context, keyspace string) (context.Context, func()) {
	return context.WithValue(ctx, heldKey, keyspace), func() {}
}

// Check fails unless ctx carries the lock of a keyspace.
func Check(ctx context.Context, keyspace string) error {
	held, ok := ctx.Value(heldKey).(string)
	if !ok || held != keyspace {
		return fmt.Errorf("%s is not locked", keyspace)
	}
	return nil
}
