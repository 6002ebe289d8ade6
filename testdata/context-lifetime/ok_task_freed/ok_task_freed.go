// Package ok_task_freed hands tasks to runners that wait for them, or whose context does not end.
package ok_task_freed

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

type runner struct {
	slots   chan struct{}
	running sync.WaitGroup
}

// start waits for a slot under ctx; the task has a context that does not end with it.
func (r *runner) start(ctx context.Context, task func(context.Context) error) error {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx = context.WithoutCancel(ctx)
	r.running.Add(1)
	go func() {
		defer r.running.Done()
		_ = task(ctx)
		<-r.slots
	}()
	return nil
}

func (r *runner) begin(ctx context.Context, task func(context.Context) error) error {
	if ctx.Err() != nil {
		return errors.New("over")
	}
	r.running.Add(1)
	go func() {
		defer r.running.Done()
		_ = task(ctx)
	}()
	return nil
}

// run waits for the task.
func (r *runner) run(ctx context.Context, task func(context.Context) error) error { return task(ctx) }

type archive struct {
	runner *runner
	db     *sql.DB
}

func (a *archive) sweep(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "delete from archive")
	return err
}

func (a *archive) freedByHelper(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return a.runner.start(ctx, a.sweep)
}

func (a *archive) freedByItself(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return a.runner.begin(context.WithoutCancel(ctx), func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return a.sweep(ctx)
	})
}

func (a *archive) waitedFor(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return a.runner.run(ctx, func(ctx context.Context) error { return a.sweep(ctx) })
}

func (a *archive) ownedByTask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := a.runner.begin(ctx, func(ctx context.Context) error {
		defer cancel()
		return a.sweep(ctx)
	})
	if err != nil {
		cancel()
	}
	return err
}
