// Package entrusted_slot takes a slot behind an interface, and returns an error with it.
package entrusted_slot

import (
	"context"
	"errors"
)

var errEmpty = errors.New("empty")

type gate interface {
	Enter(ctx context.Context) error
	Leave()
}

type turnstile struct{ inside chan struct{} }

func newTurnstile(n int) *turnstile { return &turnstile{inside: make(chan struct{}, n)} }

func (t *turnstile) Enter(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case t.inside <- struct{}{}:
		return nil
	}
}

func (t *turnstile) Leave() { <-t.inside }

type museum struct {
	gate  gate
	rooms []string
}

func open() *museum { return &museum{gate: newTurnstile(2)} }

func (m *museum) visit(ctx context.Context, show func(string) error) error {
	if err := m.gate.Enter(ctx); err != nil { // step "turnstile.Enter returns with .* taken"
		return err
	}
	if len(m.rooms) == 0 {
		return errEmpty // want "what .*turnstile.Enter has taken is not given back"
	}
	err := show(m.rooms[0])
	m.gate.Leave()
	return err
}
