// Package entrusted_thing hires boats that are kept in a channel, and loses one when it fails.
package entrusted_thing

import (
	"context"
	"errors"
)

var errStorm = errors.New("storm")

type boat struct {
	pier *pier
	leak bool
}

func (b *boat) row(ctx context.Context, to string) error {
	if to == "" {
		b.leak = true
		return errStorm
	}
	return ctx.Err()
}

// Return brings the boat back, or another one for a leaky one.
func (b *boat) Return() {
	if b.leak {
		b = &boat{pier: b.pier}
	}
	b.pier.free <- b
}

type pier struct{ free chan *boat }

func build(n int) *pier {
	p := &pier{free: make(chan *boat, n)}
	for range n {
		p.free <- &boat{pier: p}
	}
	return p
}

func (p *pier) hire(ctx context.Context) (*boat, error) {
	select {
	case b := <-p.free:
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func ferry(ctx context.Context, p *pier) error {
	b, err := p.hire(ctx)
	if err != nil {
		return err
	}
	err = b.row(ctx, "across")
	b.Return()
	return err
}

type trip struct{ on *boat }

func (t *trip) end() { t.on.Return() }

func start(ctx context.Context, p *pier, stops []string) (*trip, error) {
	b, err := p.hire(ctx)
	if err != nil {
		return nil, err
	}
	for _, stop := range stops {
		if err := b.row(ctx, stop); err != nil {
			return nil, err // want "what .*pier.hire has taken is not given back on a path on which .*start returns"
		}
	}
	return &trip{on: b}, nil
}

// The oars are put back by the shed, and lent through an interface.

type oars struct{ worn bool }

type lender interface {
	take() (*oars, error)
	put(o *oars)
}

type shed struct{ oars chan *oars }

func (s *shed) take() (*oars, error) {
	o := <-s.oars
	if o == nil {
		return nil, errStorm
	}
	return o, nil
}

func (s *shed) put(o *oars) {
	select {
	case s.oars <- o:
	default:
	}
}

func open() lender { return &shed{oars: make(chan *oars, 3)} }

func paddle(l lender) error {
	o, err := l.take()
	if err != nil {
		return err
	}
	defer l.put(o)
	if o.worn {
		return errStorm
	}
	return nil
}

func repair(l lender, can bool) error {
	o, err := l.take()
	if err != nil {
		return err
	}
	if !can {
		return errStorm // want "what .*shed.take has taken is not given back"
	}
	o.worn = false
	l.put(o)
	return nil
}
