// Package ok_two_fields_of_one_type has two halves of one type: always the outer lock before either.
package ok_two_fields_of_one_type

import "sync"

type half struct {
	sync.Mutex
	bytes int
}

type conn struct {
	handshake sync.Mutex
	in, out   half
}

func (c *conn) read() {
	c.in.Lock()
	defer c.in.Unlock()
	c.handshake.Lock()
	defer c.handshake.Unlock()
	c.in.bytes++
}

func (c *conn) shake() {
	c.handshake.Lock()
	defer c.handshake.Unlock()
	c.out.Lock()
	defer c.out.Unlock()
	c.out.bytes++
}
