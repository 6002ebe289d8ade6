// Package ok_signal makes contexts for their cancel functions, and reads one for its values.
package ok_signal

import "context"

type nameKey struct{}

func name(ctx context.Context) string {
	text, _ := ctx.Value(nameKey{}).(string)
	return text
}

func race(ctx context.Context, first, second func(context.Context) error) error {
	finished, finish := context.WithCancel(context.Background())
	go func() {
		defer finish()
		_ = first(ctx)
	}()
	select {
	case <-finished.Done():
		return nil
	case <-ctx.Done():
		return second(ctx)
	}
}

func anonymous(ctx context.Context) bool {
	return name(ctx) == name(context.Background())
}
