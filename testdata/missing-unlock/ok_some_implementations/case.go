// Package ok_some_implementations has one caller in four that does not close: not all implementations need it.
package ok_some_implementations

type client interface {
	ping() error
	Close()
}

type remote struct{ open bool }

func (r *remote) ping() error { return nil }
func (r *remote) Close()      { r.open = false }

type local struct{}

func (local) ping() error { return nil }
func (local) Close()      {}

func newClient(far bool) client {
	if far {
		return &remote{open: true}
	}
	return local{}
}

func one() error {
	c := newClient(true)
	defer c.Close()
	return c.ping()
}

func two() error {
	c := newClient(true)
	defer c.Close()
	return c.ping()
}

func three() error {
	c := newClient(true)
	defer c.Close()
	return c.ping()
}

func inside() {
	c := newClient(false)
	_ = c.ping()
}
