// Package deferred_on_condition leaves the cancel function to a deferred literal that asks for an error: not every
// failure sets the variable that it looks at.
package deferred_on_condition

import (
	"context"
	"errors"
	"time"
)

type session struct {
	ctx  context.Context
	stop context.CancelFunc
}

func (s *session) greet() error { return s.ctx.Err() }

func (s *session) close() { s.stop() }

var errRefused = errors.New("refused")

func check(name string) error {
	if name == "" {
		return errRefused
	}
	return nil
}

func badHidden(parent context.Context, names []string) (*session, error) {
	var err error
	ctx, cancel := context.WithTimeout(parent, time.Minute) // want "cancel is deferred on a condition that does not hold on a path on which badHidden fails"
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	for _, name := range names {
		if err := check(name); err != nil { // step "the condition holds"
			return nil, err // step "cancel has not been called"
		}
	}
	return &session{ctx, cancel}, nil
}

func badOther(parent context.Context, name string) (*session, error) {
	err := check(name)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(parent) // want "cancel is deferred on a condition that does not hold on a path on which badOther fails"
	defer func() {
		if err == nil {
			return
		}
		cancel()
	}()
	if ctx.Err() != nil {
		return nil, errors.New("too late") // step "cancel has not been called"
	}
	return &session{ctx, cancel}, nil
}

func badFlag(parent context.Context, name string) (*session, error) {
	kept := false
	ctx, cancel := context.WithCancel(parent) // want "cancel is deferred on a condition that does not hold on a path on which badFlag fails"
	defer func() {
		if !kept {
			cancel()
		}
	}()
	if err := check(name); err != nil {
		return nil, err
	}
	kept = true
	if ctx.Err() != nil {
		return nil, errRefused // step "cancel has not been called"
	}
	return &session{ctx, cancel}, nil
}

func okNamed(parent context.Context, names []string) (s *session, err error) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	for _, name := range names {
		if err := check(name); err != nil {
			return nil, err
		}
	}
	return &session{ctx, cancel}, nil
}

func okSet(parent context.Context, name string) (*session, error) {
	var err error
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err = check(name); err != nil {
		return nil, err
	}
	s := &session{ctx, cancel}
	if err = s.greet(); err != nil {
		return nil, err
	}
	return s, nil
}

func okFlag(parent context.Context, name string) (*session, error) {
	kept := false
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		if !kept {
			cancel()
		}
	}()
	if err := check(name); err != nil {
		return nil, err
	}
	kept = true
	return &session{ctx, cancel}, nil
}

func okAlsoCalled(parent context.Context, name string) (*session, error) {
	var err error
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := check(name); err != nil {
		cancel()
		return nil, err
	}
	return &session{ctx, cancel}, nil
}
