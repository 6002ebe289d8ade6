// Package ok_after_the_end shuts down after its context has ended.
package ok_after_the_end

import (
	"context"
	"errors"
	"net/http"
	"time"
)

func run(ctx context.Context, server *http.Server) error {
	go func() { _ = server.ListenAndServe() }()
	<-ctx.Done()
	limited, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return server.Shutdown(limited)
}

func store(ctx context.Context, save func(context.Context) error, put func(context.Context) error) error {
	err := put(ctx)
	if errors.Is(err, context.Canceled) {
		return save(context.Background())
	}
	if ctx.Err() != nil {
		return flush(context.Background())
	}
	return err
}

func flush(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}
