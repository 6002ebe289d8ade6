// Package ok_failed_by_field gets no cancel function from a call that tells of its failure by a field.
package ok_failed_by_field

import (
	"context"
	"errors"
)

type Data struct {
	Value string
	Err   error
}

type Conn struct{ up bool }

func (c *Conn) Watch(ctx context.Context) (*Data, context.Context, func()) {
	if !c.up {
		return &Data{Err: errors.New("down")}, nil, nil
	}
	inner, cancel := context.WithCancel(ctx)
	return &Data{}, inner, cancel
}

func Follow(ctx context.Context, c *Conn, update func(string)) error {
	current, watched, cancel := c.Watch(ctx)
	if current.Err != nil {
		return current.Err
	}
	defer cancel()
	update(current.Value)
	return watched.Err()
}
