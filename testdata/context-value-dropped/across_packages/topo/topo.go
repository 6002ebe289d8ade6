// Package topo keeps locks in contexts.
package topo

import (
	"context"
	"fmt"
)

type key struct{ name string }

var locksKey = key{"locks"}

// With puts a lock into ctx.
func With(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, locksKey, name)
}

func from(ctx context.Context) (string, bool) {
	name, ok := ctx.Value(locksKey).(string)
	return name, ok
}

// Check fails unless ctx has the lock.
func Check(ctx context.Context) error {
	name, ok := from(ctx)
	if !ok {
		return fmt.Errorf("no lock %s", name)
	}
	return nil
}
