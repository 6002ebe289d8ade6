// Package ok_ended_elsewhere ends contexts, and works under others.
package ok_ended_elsewhere

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

type crew struct {
	stop    context.CancelFunc
	running sync.WaitGroup
}

func assemble(ctx context.Context) (*crew, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &crew{stop: cancel}, ctx
}

// pause waits, and leaves the context as it is.
func (c *crew) pause() { c.running.Wait() }

// finish ends the context only when it is asked to.
func (c *crew) finish(stop bool) {
	c.running.Wait()
	if stop {
		c.stop()
	}
}

func (c *crew) end() {
	c.running.Wait()
	c.stop()
}

func exec(ctx context.Context, db *sql.DB, query string) error {
	_, err := db.ExecContext(ctx, query)
	return err
}

func okNotEnded(ctx context.Context, db *sql.DB) error {
	c, ctx := assemble(ctx)
	c.pause()
	if err := exec(ctx, db, "a"); err != nil {
		return err
	}
	c.finish(false)
	defer c.end()
	return exec(ctx, db, "b")
}

func okOther(ctx context.Context, db *sql.DB) error {
	c, gctx := assemble(ctx)
	err := exec(gctx, db, "a")
	c.end()
	if err != nil {
		_ = exec(context.WithoutCancel(gctx), db, "undo")
	}
	return exec(ctx, db, "b")
}

func okAnew(ctx context.Context, db *sql.DB) error {
	var err error
	for range 3 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		err = exec(c, db, "a")
		cancel()
		if err == nil {
			break
		}
	}
	return err
}

func okReplaced(ctx context.Context, db *sql.DB, longer bool) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	if longer {
		cancel()
		c, cancel = context.WithTimeout(ctx, time.Minute)
	}
	defer cancel()
	return exec(c, db, "a")
}

func okOnOneWay(ctx context.Context, db *sql.DB, early bool) error {
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if early {
		cancel()
		return nil
	}
	return exec(c, db, "a")
}
