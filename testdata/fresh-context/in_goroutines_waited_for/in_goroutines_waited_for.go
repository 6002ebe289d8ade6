// Package in_goroutines_waited_for fans out: the function waits, so its context is that of the goroutines too.
package in_goroutines_waited_for

import (
	"context"
	"database/sql"
	"sync"
)

type shards []*sql.DB

func (s shards) badFanOut(ctx context.Context, query string) []error {
	errs := make([]error, len(s))
	var wg sync.WaitGroup
	for i, db := range s {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, errs[i] = db.ExecContext(context.Background(), query) // want "db.ExecContext waits under a fresh context: the end of ctx"
		}()
	}
	wg.Wait()
	return errs
}

func (s shards) okFanOut(ctx context.Context, query string) []error {
	errs := make([]error, len(s))
	var wg sync.WaitGroup
	for i, db := range s {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, errs[i] = db.ExecContext(ctx, query)
		}()
	}
	wg.Wait()
	return errs
}

// okLetGo does not wait: the goroutine goes on when the request is over.
func (s shards) okLetGo(ctx context.Context, query string, report func(error)) {
	for _, db := range s {
		go func() {
			_, err := db.ExecContext(context.Background(), query)
			report(err)
		}()
	}
}

// okCounted waits for others; these goroutines are the owner's, who waits when it is closed.
func (s shards) okCounted(ctx context.Context, query string, running *sync.WaitGroup) error {
	var wg sync.WaitGroup
	for _, db := range s[1:] {
		running.Add(1)
		go func() {
			defer running.Done()
			_, _ = db.ExecContext(context.Background(), query)
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		_, _ = s[0].ExecContext(ctx, query)
	}()
	wg.Wait()
	return ctx.Err()
}
