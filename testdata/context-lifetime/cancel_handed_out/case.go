// Package cancel_handed_out returns the function that ends a context, and ends the context itself.
package cancel_handed_out

import "context"

type session struct {
	stop context.CancelFunc
	name string
}

func open(ctx context.Context, name string, follow func(context.Context)) (*session, error) {
	ctx, cancel := context.WithCancel(ctx) // want "the cancel function of context.WithCancel is returned, but its context"
	defer cancel()                         // step "this ends it when the function returns"
	go follow(ctx)
	return &session{cancel, name}, nil
}

func watch(ctx context.Context, follow func(context.Context)) (cancel context.CancelFunc, err error) {
	ctx, cancel = context.WithCancel(ctx) // want "the cancel function of context.WithCancel is returned"
	defer cancel()
	go follow(ctx)
	return cancel, nil
}
