// Package ok_logs_absence only logs that the value is not there.
package ok_logs_absence

import (
	"context"
	"errors"
	"log"
)

type callKey struct{}

func withCall(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, callKey{}, name)
}

func require(ctx context.Context) error {
	if ctx.Value(callKey{}) == nil {
		return errors.New("no call")
	}
	return nil
}

func record(ctx context.Context, query string) error {
	name, ok := ctx.Value(callKey{}).(string)
	if !ok {
		log.Print("a query without a call: ", query)
		name = "internal"
	}
	log.Print(name, query)
	return ctx.Err()
}

func ok(ctx context.Context) error {
	ctx = withCall(ctx, "select")
	if err := require(ctx); err != nil {
		return err
	}
	return record(context.Background(), "select 1")
}
