// Package discarded throws the cancel function away.
package discarded

import (
	"context"
	"time"
)

func fetch(ctx context.Context, get func(context.Context) error) error {
	limited, _ := context.WithTimeout(ctx, time.Second) //nolint:govet // want "the cancel function of context.WithTimeout is thrown away"
	return get(limited)
}
