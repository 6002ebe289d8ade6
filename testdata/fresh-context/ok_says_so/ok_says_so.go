// Package ok_says_so detaches with WithoutCancel, or takes over what it wants of the context.
package ok_says_so

import (
	"context"
	"time"
)

type spanKey struct{}

func copySpan(to, from context.Context) context.Context {
	return context.WithValue(to, spanKey{}, from.Value(spanKey{}))
}

func wait(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func finish(ctx context.Context) error {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return wait(limited)
}

func traced(ctx context.Context) error {
	return wait(copySpan(context.Background(), ctx))
}

func bounded(ctx context.Context) error {
	end, ok := ctx.Deadline()
	if !ok {
		return wait(ctx)
	}
	limited, cancel := context.WithDeadline(context.Background(), end.Add(time.Second))
	defer cancel()
	return wait(limited)
}
