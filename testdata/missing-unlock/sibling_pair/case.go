// Package sibling_pair forgets what all other callers of the pool do.
package sibling_pair

import "errors"

type conn struct {
	pool  *pool
	inUse bool
}

func (c *conn) Recycle() { c.pool.free <- c }

func (c *conn) exec(query string) error {
	if query == "" {
		return errors.New("empty")
	}
	return nil
}

type pool struct{ free chan *conn }

func (p *pool) get() (*conn, error) {
	c, open := <-p.free
	if !open {
		return nil, errors.New("closed")
	}
	return c, nil
}

func read(p *pool) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	defer c.Recycle()
	return c.exec("select 1")
}

func write(p *pool) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	defer c.Recycle()
	return c.exec("insert")
}

func remove(p *pool) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	defer c.Recycle()
	return c.exec("delete")
}

func begin(p *pool, queries []string) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	defer c.Recycle() // step "4 of 5 callers give it back, as here"
	for _, query := range queries {
		if err := c.exec(query); err != nil {
			return err
		}
	}
	return nil
}

func fetch(p *pool) error {
	c, err := p.get() // want "c of p.get is not given back .Recycle. on a path on which fetch returns, unlike in 4 of 5 callers"
	if err != nil {
		return err
	}
	return c.exec("fetch")
}
