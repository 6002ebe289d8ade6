// Package ok_enforced_by_visitor has a visitor that ends a walk when its time is up, and classes of errors that are texts.
package ok_enforced_by_visitor

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var (
	errSpent = errors.New("time is spent")
	errBusy  = errors.New("busy")
	errMoved = errors.New("moved")
)

type table interface {
	Walk(ctx context.Context, from []byte, visit func([]byte) error) error
}

type scanner struct {
	begun time.Time
	most  time.Duration
	last  []byte
}

func (s *scanner) visit(key []byte) error {
	s.last = append(s.last[:0], key...)
	if time.Since(s.begun) > s.most {
		return fmt.Errorf("at %x: %w", key, errSpent)
	}
	return nil
}

func classOf(err error) string {
	switch {
	case errors.Is(err, errBusy):
		return "wait"
	case errors.Is(err, errMoved), errors.Is(err, errSpent):
		return "again"
	}
	return "final"
}

func fill(ctx context.Context, t table) error {
	s := &scanner{most: time.Minute}
	for {
		s.begun = time.Now()
		err := t.Walk(ctx, s.last, s.visit)
		if err == nil {
			return nil
		}
		switch classOf(err) {
		case "wait":
			time.Sleep(time.Second)
		case "again":
		default:
			return err
		}
	}
}
