// Package cycle_in_helper has helpers repeat a cycle that reads a stream for a limited time.
package cycle_in_helper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var errBusy = errors.New("busy")

type line struct {
	at   int
	text string
}

type tail interface{ Read() (line, error) }

type host interface {
	Tail(ctx context.Context, after int) (tail, error)
}

type mirror struct {
	host  host
	last  int
	lines map[int]string
	rules rules
}

type rules struct {
	wait  time.Duration
	final func(error) bool
}

// repeat runs a cycle until it is done or the rules call its error final.
func (r rules) repeat(ctx context.Context, cycle func(context.Context) error) error {
	for {
		err := cycle(ctx)
		if err == nil || r.final(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(r.wait):
		}
	}
}

func newMirror(h host) *mirror {
	m := &mirror{host: h, lines: map[int]string{}}
	m.rules = rules{wait: time.Second, final: m.isFinal}
	return m
}

func (m *mirror) isFinal(err error) bool {
	switch {
	case errors.Is(err, errBusy), errors.Is(err, io.ErrUnexpectedEOF):
		return false
	}
	return true // want "context.DeadlineExceeded is expected here"
}

func (m *mirror) keep(l line) {
	m.lines[l.at] = l.text
	m.last = l.at
}

func (m *mirror) from() int { return m.last }

func (m *mirror) cycle(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute) // step "the deadline of one cycle is set"
	defer cancel()
	t, err := m.host.Tail(limited, m.from())
	if err != nil {
		return err
	}
	for {
		l, err := t.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("after %d: %w", m.from(), err)
		}
		m.keep(l)
	}
}

func (m *mirror) follow(ctx context.Context) error { return m.rules.repeat(ctx, m.cycle) }

func untilDone[T any](ctx context.Context, cycle func(context.Context) (T, error), again func(error) bool) (T, error) {
	for {
		got, err := cycle(ctx)
		if err == nil {
			return got, nil
		}
		if !again(err) {
			return got, err
		}
	}
}

func isBusy(err error) bool { return errors.Is(err, errBusy) } // want "context.DeadlineExceeded is expected here"

func (m *mirror) count(ctx context.Context) (int, error) {
	return untilDone(ctx, func(ctx context.Context) (int, error) { return len(m.lines), m.cycle(ctx) }, isBusy)
}

func (m *mirror) goesOn(ctx context.Context) (int, error) {
	return untilDone(ctx, func(ctx context.Context) (int, error) { return len(m.lines), m.cycle(ctx) }, func(err error) bool {
		return errors.Is(err, errBusy) || errors.Is(err, context.DeadlineExceeded)
	})
}

// all begins again each time: what a round has read is lost with it.
func (m *mirror) all(ctx context.Context) ([]line, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	t, err := m.host.Tail(ctx, 0)
	if err != nil {
		return nil, err
	}
	var read []line
	for {
		l, err := t.Read()
		if errors.Is(err, io.EOF) {
			return read, nil
		}
		if err != nil {
			return nil, err
		}
		read = append(read, l)
	}
}

func (m *mirror) copy(ctx context.Context) ([]line, error) { return untilDone(ctx, m.all, isBusy) }

var _ = newMirror
