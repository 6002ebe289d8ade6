// Package undone_in_defer undoes in a deferred closure, under a context of its own that has lost the transaction.
package undone_in_defer

import (
	"context"
	"errors"
	"time"
)

type txKey struct{}

type tx struct{ id int }

func begin(ctx context.Context) context.Context { return context.WithValue(ctx, txKey{}, &tx{1}) }

func fromContext(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{}).(*tx)
	return t
}

func exec(ctx context.Context, query string) error {
	t := fromContext(ctx)
	if t == nil {
		return errors.New("no transaction for " + query)
	}
	t.id++
	return ctx.Err()
}

func bad(ctx context.Context) (err error) {
	ctx = begin(ctx)
	defer func() {
		if err == nil {
			return
		}
		undo, cancel := context.WithTimeout(context.Background(), time.Second) // step "fresh context"
		defer cancel()
		_ = exec(undo, "rollback") // want "exec fails without the context value .*txKey"
	}()
	return exec(ctx, "insert")
}
