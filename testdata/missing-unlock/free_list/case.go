// Package free_list takes things out of channels, and does not put them back on every way on which it fails.
package free_list

import (
	"context"
	"errors"
)

var errClosed = errors.New("closed")

type drill struct{ bits []int }

func (d *drill) fit(bit int) error {
	if bit == 0 {
		return errors.New("no bit")
	}
	d.bits = append(d.bits, bit)
	return nil
}

type crate struct{ drill *drill }

type shed struct {
	sharp chan crate
	blunt chan crate
}

// borrow puts an empty crate back when there is no drill, and forgets it when the bit does not fit.
func (s *shed) borrow(ctx context.Context, bit int) (*drill, error) {
	var got crate
	var open bool
	select {
	case got, open = <-s.sharp:
	default:
		select {
		case got, open = <-s.sharp:
		case got, open = <-s.blunt:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if !open {
		return nil, errClosed
	}
	if got.drill == nil {
		s.blunt <- crate{}
		return nil, errors.New("empty")
	}
	if err := got.drill.fit(bit); err != nil {
		return nil, err // want "got of s.sharp is not given back on a path on which shed.borrow returns"
	}
	return got.drill, nil
}

// use has a drill for as long as it runs.
func (s *shed) use(bit int) error {
	got := <-s.blunt
	if err := got.drill.fit(bit); err != nil {
		return err // want "got of s.blunt is not given back on a path on which shed.use returns"
	}
	s.blunt <- got
	return nil
}

type worker interface{ work() error }

type deck[T worker] struct{ idle chan T }

// with does so for any kind of thing.
func (d *deck[T]) with(ctx context.Context) error {
	select {
	case one := <-d.idle:
		if err := one.work(); err != nil {
			return err // want "one of d.idle is not given back on a path on which deck.with returns"
		}
		d.idle <- one
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
