// Package ended_by_itself ends a context, by its cancel function or by waiting for its group, and works on under it.
package ended_by_itself

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// crew is a group of the program's own.
type crew struct {
	stop    context.CancelFunc
	running sync.WaitGroup
	once    sync.Once
	err     error
}

func assemble(ctx context.Context) (*crew, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	c := new(crew)
	c.stop = cancel
	return c, ctx
}

func (c *crew) send(work func() error) {
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		if err := work(); err != nil {
			c.once.Do(func() { c.err = err })
		}
	}()
}

// finish waits for everybody and ends the crew's context.
func (c *crew) finish() error {
	c.running.Wait()
	if c.stop != nil {
		c.stop()
	}
	return c.err
}

type undo func(ctx context.Context) error

type undos struct{ steps []undo }

func (u *undos) add(step undo) { u.steps = append(u.steps, step) }

func (u *undos) run(ctx context.Context) {
	for _, step := range u.steps {
		_ = step(ctx)
	}
}

type site interface {
	begin(ctx context.Context) error
	end(ctx context.Context) error
}

type shard struct {
	name string
	open bool
}

func (s *shard) begin(ctx context.Context) error { return s.set(ctx, true) }
func (s *shard) end(ctx context.Context) error   { return s.set(ctx, false) }

func (s *shard) set(ctx context.Context, open bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.open = open
	return nil
}

func sites() []site { return []site{&shard{name: "a"}, &shard{name: "b"}} }

func badUndo(ctx context.Context) error {
	var done undos
	c, ctx := assemble(ctx)
	for _, one := range sites() {
		c.send(func() error { return one.begin(ctx) })
		done.add(one.end)
	}
	err := c.finish() // step "over on this way"
	if err != nil {
		done.run(ctx) // want "done.run waits under a context that is over here: it gives up at once"
	}
	return err
}

func badSecondRound(ctx context.Context) error {
	c, ctx := assemble(ctx)
	c.send(func() error { return sites()[0].begin(ctx) })
	if err := c.finish(); err != nil { // step "over on this way"
		return err
	}
	c, ctx = assemble(ctx) // want "assemble is given a context that is over here: what it makes is over at once"
	c.send(func() error { return sites()[1].begin(ctx) })
	return c.finish()
}

func badCancelled(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	_, err := db.ExecContext(ctx, "insert into t values (1)")
	cancel() // step "over on this way"
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "insert into t values (2)") // want "db.ExecContext waits under a context that is over here"
	return err
}

func badDeferred(ctx context.Context, db *sql.DB) (err error) {
	c, gctx := assemble(ctx)
	defer func() {
		if err != nil {
			_, _ = db.ExecContext(gctx, "rollback") // want "db.ExecContext waits under a context that is over here"
		}
	}()
	c.send(func() error { return sites()[0].begin(gctx) })
	err = c.finish() // step "over on this way"
	return err
}
