// Package ok_detached_on_done cleans up under a context of its own when its own is over.
package ok_detached_on_done

import (
	"context"
	"log/slog"
	"time"
)

type table struct{ rows chan int }

func (t *table) remove(ctx context.Context, row int) error {
	select {
	case t.rows <- -row:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func insert(ctx context.Context, t *table, row int, done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		slog.InfoContext(ctx, "told to end")
		clean, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		return t.remove(clean, row)
	}
}

func renewed(ctx context.Context, t *table, row int) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		return t.remove(ctx, row)
	}
	return nil
}

func other(ctx, attempt context.Context, t *table, row int) error {
	select {
	case <-attempt.Done():
		return t.remove(ctx, row)
	case <-ctx.Done():
		return ctx.Err()
	}
}
