// Package kept_behind_interface returns an object inside another one, and an interface made it.
package kept_behind_interface

import (
	"context"
	"errors"
	"time"
)

type cursor interface{ next() (int, error) }

type table interface {
	scan(ctx context.Context, from int) cursor
}

type memory struct{ rows []int }

type memoryCursor struct {
	ctx context.Context
	of  *memory
	at  int
}

func (m *memory) scan(ctx context.Context, from int) cursor {
	return &memoryCursor{ctx: ctx, of: m, at: from}
}

func (c *memoryCursor) next() (int, error) {
	if err := c.ctx.Err(); err != nil || c.at == len(c.of.rows) {
		return 0, errors.Join(err, errors.New("no more"))
	}
	c.at++
	return c.of.rows[c.at-1], nil
}

type page struct {
	cursor
	size int
}

func open(ctx context.Context, t table, size int) *page {
	ctx, cancel := context.WithTimeout(ctx, time.Second) // step "the context is made"
	defer cancel() // step "this ends it when the function returns"
	c := t.scan(ctx, 0) // want "what t.scan returns keeps a context that ends with this function"
	return &page{cursor: c, size: size}
}

func first(ctx context.Context, t table) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	one := &page{cursor: t.scan(ctx, 0), size: 1}
	return one.next()
}

func keep(ctx context.Context, t table, size int) (*page, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	return &page{cursor: t.scan(ctx, 0), size: size}, cancel
}

func both(ctx context.Context, rows []int) (int, *page) {
	m := &memory{rows: rows}
	one, _ := first(ctx, m)
	return one, open(ctx, m, 2)
}
