// Package ok_waited_for waits for its goroutines, or is told when they are done.
package ok_waited_for

import (
	"context"
	"database/sql"
	"sync"
)

func both(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		_ = db.PingContext(ctx)
	}()
	wg.Wait()
	return nil
}

func first(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- db.PingContext(ctx) }()
	return <-answer
}

func beside(ctx context.Context, db *sql.DB, work func() error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { _ = db.PingContext(ctx) }()
	return work()
}
