// Package group_nobody_waits_for counts a goroutine that it does not wait for.
package group_nobody_waits_for

import (
	"context"
	"database/sql"
	"sync"
)

func warm(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // step "this context ends when warm returns"
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // step "a goroutine is started and not waited for"
		defer wg.Done()
		_ = db.PingContext(ctx) // want "nobody waits for this goroutine, and its context ends when this function returns"
	}()
	return nil
}
