// Package ok_entrusted_thing takes orders out of a queue, some of which go back; and throws broken cups away.
package ok_entrusted_thing

import (
	"context"
	"errors"
)

var errBurnt = errors.New("burnt")

type order struct{ dish string }

type queue struct{ orders chan *order }

func newQueue() *queue { return &queue{orders: make(chan *order, 8)} }

func (q *queue) Put(o *order) { q.orders <- o }

func (q *queue) next(ctx context.Context) (*order, error) {
	select {
	case o := <-q.orders:
		return o, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func cook(ctx context.Context, q *queue, make func(string) error) error {
	o, err := q.next(ctx)
	if err != nil {
		return err
	}
	if make(o.dish) != nil {
		q.Put(o)
		return errBurnt
	}
	return nil
}

func cookOnce(ctx context.Context, q *queue, make func(string) error) error {
	o, err := q.next(ctx)
	if err != nil {
		return err
	}
	return make(o.dish)
}

func refuse(ctx context.Context, q *queue) error {
	o, err := q.next(ctx)
	if err != nil {
		return err
	}
	if o.dish == "" {
		return errBurnt
	}
	q.Put(o)
	return nil
}

type cup struct{ shelf *shelf }

func (c *cup) Return() { c.shelf.cups <- c }

func (c *cup) smash() { c.shelf.cups <- &cup{shelf: c.shelf} }

type shelf struct {
	cups  chan *cup
	taken []*cup
}

func newShelf() *shelf { return &shelf{cups: make(chan *cup, 2)} }

func (s *shelf) take() *cup { return <-s.cups }

func drink(s *shelf, hot bool) error {
	c := s.take()
	defer c.Return()
	if hot {
		return errBurnt
	}
	return nil
}

func keep(s *shelf, hot bool) error {
	c := s.take()
	if hot {
		s.taken = append(s.taken, c)
		return errBurnt
	}
	c.Return()
	return nil
}

func lend(s *shelf, hot bool) (*cup, error) {
	c := s.take()
	if hot {
		c.Return()
		return nil, errBurnt
	}
	return c, nil
}

func drop(s *shelf, hot bool) error {
	c := s.take()
	if hot {
		func() { c.Return() }()
		return errBurnt
	}
	c.Return()
	return nil
}
