// Package asks_only asks a context that is over why it is.
package asks_only

import (
	"context"
	"errors"
	"log"
)

func isOver(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return true
	default:
		return false
	}
}

func isCancelled(ctx context.Context) bool {
	return ctx.Err() == context.Canceled
}

type key struct{}

// tagged derives, and asks nobody.
func tagged(ctx context.Context, tag string) context.Context {
	if isOver(ctx) {
		return ctx
	}
	return context.WithValue(ctx, key{}, tag)
}

func send(ctx context.Context, out chan<- int, value int) error {
	select {
	case out <- value:
		return nil
	case <-ctx.Done():
		if !isOver(ctx) || isCancelled(ctx) {
			log.Print("not sent", tagged(ctx, "send").Value(key{}))
		}
		return errors.New("over")
	}
}

func sendOrTell(ctx context.Context, out, late chan<- int, value int) error {
	select {
	case out <- value:
		return nil
	case <-ctx.Done():
		return send(ctx, late, value) // want "send waits under a context that is over here"
	}
}
