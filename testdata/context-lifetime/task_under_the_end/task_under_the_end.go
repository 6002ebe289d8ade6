// Package task_under_the_end hands a task to a runner together with a context that ends on return.
package task_under_the_end

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

var errStopped = errors.New("stopped")

type runner struct {
	mu      sync.Mutex
	stopped bool
	running sync.WaitGroup
}

type starter interface {
	start(ctx context.Context, task func(context.Context) error) error
}

// start runs the task in a goroutine of its own.
func (r *runner) start(ctx context.Context, task func(context.Context) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return errStopped
	}
	r.running.Add(1)
	go r.work(ctx, task)
	return nil
}

func (r *runner) work(ctx context.Context, task func(context.Context) error) {
	defer r.running.Done()
	_ = task(ctx)
}

func beside[T any](ctx context.Context, arg T, task func(context.Context, T)) bool {
	if ctx.Err() != nil {
		return false
	}
	go func() { task(ctx, arg) }()
	return true
}

type archive struct {
	runner starter
	db     *sql.DB
	limit  time.Duration
}

func open(db *sql.DB) *archive { return &archive{runner: &runner{}, db: db, limit: time.Minute} }

func (a *archive) sweep(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "delete from archive")
	return err
}

func (a *archive) drop(ctx context.Context, id int) {
	_, _ = a.db.ExecContext(ctx, "delete from archive where id = ?", id)
}

func (a *archive) badLiteral(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel() // step "this context ends when archive.badLiteral returns"
	return a.runner.start(ctx, func(ctx context.Context) error {
		return a.sweep(ctx) // want "nobody waits for this goroutine, and its context ends when this function returns: a.sweep fails then"
	})
}

func (a *archive) badBeside(ctx context.Context, id int) error {
	limited, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel() // step "this context ends when archive.badBeside returns"
	if !beside(limited, id, a.drop) { // want "nobody waits for this goroutine, and its context ends when this function returns: a.db.ExecContext fails then"
		return errors.New("refused")
	}
	return nil
}
