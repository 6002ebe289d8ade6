// Package ok_handed_on returns, stores or passes on the cancel function, or captures it.
package ok_handed_on

import (
	"context"
	"time"
)

type server struct {
	cancel context.CancelFunc
	stops  []func()
}

func (s *server) start(parent context.Context, work func(context.Context)) {
	ctx, cancel := context.WithCancel(parent)
	s.cancel = cancel
	go work(ctx)
}

func (s *server) stop() {
	if s.cancel != nil {
		s.cancel()
	}
}

func (s *server) more(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	s.stops = append(s.stops, cancel)
	return ctx
}

func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func watched(parent context.Context, stop <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		<-stop
		cancel()
	}()
	return ctx
}

func later(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	time.AfterFunc(time.Hour, cancel)
	return ctx
}

func failing(ctx context.Context, open func(context.Context, context.CancelFunc) error) error {
	inner, cancel := bounded(ctx)
	return open(inner, cancel)
}
