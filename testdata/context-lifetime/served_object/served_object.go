// Package served_object lets objects out whose goroutines end with the context of the function that made them.
package served_object

import (
	"context"
	"errors"
	"time"
)

type source interface {
	next(ctx context.Context) (string, error)
}

type tail struct {
	lines chan string
	stop  context.CancelFunc
}

// follow delivers lines until ctx ends, or close is called.
func follow(ctx context.Context, from source) *tail {
	ctx, stop := context.WithCancel(ctx)
	t := &tail{lines: make(chan string), stop: stop}
	go t.run(ctx, from)
	return t
}

func (t *tail) run(ctx context.Context, from source) {
	defer close(t.lines)
	for {
		line, err := from.next(ctx)
		if err != nil {
			return
		}
		select {
		case t.lines <- line:
		case <-ctx.Done():
			return
		}
	}
}

func (t *tail) close() { t.stop() }

type reader struct{ tail *tail }

func badOpen(ctx context.Context, from source) (*reader, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := from.next(ctx); err != nil {
		return nil, err
	}
	t := follow(ctx, from) // want "a goroutine that follow starts serves what is let out, but ends with the context of this function"
	return &reader{t}, nil
}

// okOpen limits the first step only.
func okOpen(ctx context.Context, from source) (*reader, error) {
	first, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := from.next(first); err != nil {
		return nil, err
	}
	return &reader{follow(ctx, from)}, nil
}

// okRead is done with it when it returns.
func okRead(ctx context.Context, from source) (lines []string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	t := follow(ctx, from)
	defer t.close()
	for line := range t.lines {
		lines = append(lines, line)
	}
	return lines
}

// lease is renewed by a literal.
type lease struct {
	age    time.Duration
	renews int
}

func (l *lease) start(ctx context.Context, every time.Duration) error {
	if every <= 0 {
		return errors.New("no interval")
	}
	go func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for done := ctx.Done(); ; {
			select {
			case <-ticker.C:
				l.renews++
			case <-done:
				return
			}
		}
	}()
	return nil
}

type holder struct{ lease *lease }

func (h *holder) badAcquire(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	l := &lease{}
	if err := l.start(ctx, time.Second); err != nil { // want "a goroutine that l.start starts serves what is let out"
		return err
	}
	h.lease = l
	return nil
}

func badLease() (l *lease, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l = &lease{}
	err = l.start(ctx, time.Minute) // want "a goroutine that l.start starts serves what is let out"
	return l, err
}

// okLoaded has a goroutine that works once, and is waited for.
func okLoaded(ctx context.Context, from source) *reader {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	t := load(ctx, from)
	r := &reader{t}
	<-t.lines
	return r
}

func load(ctx context.Context, from source) *tail {
	t := &tail{lines: make(chan string, 1)}
	go func() {
		defer close(t.lines)
		if line, err := from.next(ctx); err == nil {
			t.lines <- line
		}
	}()
	return t
}
