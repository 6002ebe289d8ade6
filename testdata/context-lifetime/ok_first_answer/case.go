// Package ok_first_answer takes the first answer of several and means to call the others off, or lets them go on.
package ok_first_answer

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

func answer(ctx context.Context, replicas []*sql.DB, query string) *sql.Row {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	rows := make(chan *sql.Row, len(replicas))
	for _, db := range replicas {
		go func() { rows <- db.QueryRowContext(ctx, query) }()
	}
	return <-rows
}

func stored(ctx context.Context, replicas []*sql.DB) (found *sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var mu sync.Mutex
	ready := make(chan struct{}, len(replicas))
	for _, db := range replicas {
		go func() {
			if db.PingContext(ctx) == nil {
				mu.Lock()
				found = db
				mu.Unlock()
			}
			ready <- struct{}{}
		}()
	}
	<-ready
	mu.Lock()
	defer mu.Unlock()
	return found
}

func calledOff(ctx context.Context, replicas []*sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for _, db := range replicas {
		go func() {
			if db.PingContext(ctx) == nil {
				cancel()
			}
		}()
	}
	<-ctx.Done()
}

func all(ctx context.Context, replicas []*sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	ready := make(chan struct{})
	for _, db := range replicas {
		go func() {
			_ = db.PingContext(ctx)
			ready <- struct{}{}
		}()
	}
	for range replicas {
		<-ready
	}
}

func goOn(ctx context.Context, replicas []*sql.DB) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	var wg sync.WaitGroup
	ready := make(chan struct{}, len(replicas))
	for _, db := range replicas {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = db.PingContext(ctx)
			ready <- struct{}{}
		}()
	}
	go func() {
		wg.Wait()
		cancel()
	}()
	<-ready
}
