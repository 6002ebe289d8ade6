// Package ok_sibling_pair keeps, hands on or gives back through another method what the pool hands out.
package ok_sibling_pair

import "errors"

type conn struct {
	pool *pool
}

func (c *conn) Recycle() { c.pool.free <- c }

func (c *conn) finish(err error) error {
	c.Recycle()
	return err
}

func (c *conn) exec(query string) error {
	if query == "" {
		return errors.New("empty")
	}
	return nil
}

type pool struct {
	free chan *conn
	kept *conn
}

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
	defer func() {
		c.Recycle()
	}()
	return c.exec("delete")
}

func tested(p *pool) (*conn, error) {
	c, err := p.get()
	if err != nil {
		return nil, err
	}
	if err := c.exec("select 1"); err != nil {
		c.Recycle()
		return nil, err
	}
	return c, nil
}

func finished(p *pool) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	return c.finish(c.exec("commit"))
}

func kept(p *pool) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	p.kept = c
	return nil
}
