// Package named_permit takes what the name of a method says, and gives it back on some ways only.
package named_permit

import (
	"bufio"
	"context"
	"io"
)

type server interface {
	AcquireWriteBarrier(ctx context.Context) error
	ReleaseWriteBarrier(ctx context.Context) error
	Position(ctx context.Context) (string, error)
}

type process struct{ barrier bool }

func (p *process) AcquireWriteBarrier(ctx context.Context) error {
	p.barrier = true
	return ctx.Err()
}

func (p *process) ReleaseWriteBarrier(ctx context.Context) error {
	p.barrier = false
	return nil
}

func (p *process) Position(ctx context.Context) (string, error) { return "0", ctx.Err() }

type task struct {
	on server
	in io.Reader
}

// dump leaves the barrier to a goroutine, which it starts after it may have failed.
func dump(ctx context.Context, t task) (string, error) {
	if err := t.on.AcquireWriteBarrier(ctx); err != nil { // step "WriteBarrier of t.on is taken"
		return "", err
	}
	at, err := t.on.Position(ctx)
	if err != nil {
		return "", err // want "WriteBarrier of t.on is not given back on a path on which dump returns"
	}
	go lift(ctx, t)
	return at, nil
}

func lift(ctx context.Context, t task) {
	for lines := bufio.NewScanner(t.in); lines.Scan(); {
		if lines.Text() == "started" {
			t.on.ReleaseWriteBarrier(ctx)
			return
		}
	}
}

// check asks and gives back by itself.
func (t *task) check(ctx context.Context, deep bool) error {
	err := t.on.AcquireWriteBarrier(ctx)
	if err != nil {
		return err
	}
	if _, err := t.on.Position(ctx); err != nil {
		return err // want "WriteBarrier of t.on is not given back on a path on which task.check returns"
	}
	return t.on.ReleaseWriteBarrier(ctx)
}

type shelf struct{ locked map[string]bool }

func (s *shelf) lockRow(key string) bool {
	was := s.locked[key]
	s.locked[key] = true
	return !was
}

func (s *shelf) unlockRow(key string) { delete(s.locked, key) }

func (s *shelf) update(key string, write func() error) error {
	if !s.lockRow(key) {
		return nil
	}
	if err := write(); err != nil {
		return err // want "Row of s is not given back on a path on which shelf.update returns"
	}
	s.unlockRow(key)
	return nil
}

func newTask(in io.Reader) task { return task{&process{}, in} }
