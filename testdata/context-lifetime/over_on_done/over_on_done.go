// Package over_on_done gives the context that is over to the clean-up.
package over_on_done

import "context"

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
	case <-ctx.Done(): // step "the context is over on this way"
		_ = t.remove(ctx, row) // want "t.remove waits under a context that is over here"
		return ctx.Err()
	}
}
