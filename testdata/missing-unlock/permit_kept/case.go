// Package permit_kept asks limiters of its own for a permit, and keeps it where it fails afterwards.
package permit_kept

import (
	"context"
	"errors"
)

var errFull = errors.New("full")

type quota interface {
	Get(user, team string) bool
	Release(user, team string)
}

type unlimited struct{}

func (unlimited) Get(user, team string) bool { return true }
func (unlimited) Release(user, team string)  {}

type perUser struct{ left map[string]int }

func (q *perUser) Get(user, team string) bool {
	if q.left[user] == 0 {
		return false
	}
	q.left[user]--
	return true
}

func (q *perUser) Release(user, team string) { q.left[user]++ }

type gate struct{ free int }

func (g *gate) Acquire(ctx context.Context, seats int) error {
	if g.free < seats {
		return errFull
	}
	g.free -= seats
	return ctx.Err()
}

func (g *gate) Release(seats int) { g.free += seats }

type table struct {
	user string
	open bool
}

func dial(user string) (*table, error) {
	if user == "" {
		return nil, errors.New("nobody")
	}
	return &table{user: user, open: true}, nil
}

type house struct {
	quota
	gate   *gate
	limits quota
}

func newHouse(limited bool) *house {
	if limited {
		limits := &perUser{left: map[string]int{}}
		return &house{quota: limits, gate: &gate{free: 9}, limits: limits}
	}
	return &house{quota: unlimited{}, gate: &gate{free: 9}, limits: unlimited{}}
}

// sit takes what leave gives back; when it fails, nobody does.
func (h *house) sit(user string, known *table) (*table, error) {
	t, err := known, error(nil)
	if known == nil {
		if !h.limits.Get(user, "") {
			return nil, errFull
		}
		t, err = dial(user)
	}
	if err != nil {
		return nil, err // want "a slot of h.limits is not given back on a path on which house.sit returns"
	}
	return t, nil
}

func (h *house) leave(t *table) {
	t.open = false
	h.limits.Release(t.user, "")
}

// reserve does so with an error for an answer.
func (h *house) reserve(ctx context.Context, user string) (*table, error) {
	if err := h.gate.Acquire(ctx, 2); err != nil {
		return nil, err
	}
	t, err := dial(user)
	if err != nil {
		return nil, err // want "a slot of h.gate is not given back on a path on which house.reserve returns"
	}
	return t, nil
}

func (h *house) cancel(t *table) {
	t.open = false
	h.gate.Release(2)
}

// visit gives back itself, but on one way.
func (h *house) visit(user string) error {
	if !h.Get(user, "guests") {
		return errFull
	}
	t, err := dial(user)
	if err != nil {
		return err // want "a slot of h is not given back on a path on which house.visit returns"
	}
	t.open = false
	h.Release(user, "guests")
	return nil
}
