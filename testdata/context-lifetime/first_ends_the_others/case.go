// Package first_ends_the_others returns when the first replica is up to date, and calls off all the others with that.
package first_ends_the_others

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

func update(ctx context.Context, replicas []*sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel() // step "this context ends when update returns"
	one, done := context.WithCancel(context.Background())
	all, allDone := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	apply := func(db *sql.DB) {
		defer wg.Done()
		if _, err := db.ExecContext(ctx, "call update()"); err == nil { // want "the first of these goroutines lets the function return"
			done()
		}
	}
	for _, db := range replicas {
		wg.Add(1)
		go apply(db)
	}
	go func() {
		wg.Wait()
		allDone()
	}()
	select {
	case <-one.Done():
		return nil
	case <-all.Done():
		done()
		return context.DeadlineExceeded
	}
}

func warm(ctx context.Context, replicas []*sql.DB) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ready := make(chan struct{}, len(replicas))
	for _, db := range replicas {
		go func() {
			_ = db.PingContext(ctx) // want "the first of these goroutines lets the function return"
			ready <- struct{}{}
		}()
	}
	<-ready
}
