// Package entrusted_conn loses a connection of the pool when it cannot be prepared.
package entrusted_conn

import "fmt"

type conn struct{ ready bool }

func (c *conn) prepare(statement string) error {
	if statement == "" {
		return fmt.Errorf("no statement")
	}
	c.ready = true
	return nil
}

type pool struct {
	room chan struct{}
	idle []*conn
}

func newPool(n int) *pool { return &pool{room: make(chan struct{}, n)} }

func (p *pool) borrow() (*conn, error) {
	if p.room == nil {
		return nil, fmt.Errorf("closed")
	}
	p.room <- struct{}{}
	return &conn{}, nil
}

func (p *pool) giveBack(c *conn) {
	p.idle = append(p.idle, c)
	<-p.room
}

type cursor struct{ on *conn }

func query(p *pool) error {
	c, err := p.borrow()
	if err != nil {
		return err
	}
	defer p.giveBack(c)
	return c.prepare("select 1")
}

func declare(p *pool, statement string) (*cursor, error) {
	c, err := p.borrow()
	if err != nil {
		return nil, err
	}
	if err := c.prepare(statement); err != nil {
		return nil, err // want "what .*pool.borrow has taken is not given back on a path on which .*declare returns"
	}
	return &cursor{on: c}, nil
}
