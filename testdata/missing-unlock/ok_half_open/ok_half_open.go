// Package ok_half_open closes what it has opened when it fails, or has a Close that looks at nothing.
package ok_half_open

type pool struct{ size int }

func (p *pool) Open(size int) { p.size = size }
func (p *pool) Close()        { p.size = 0 }

type catalog struct {
	open  bool
	conns pool
}

func (c *catalog) Open(load func() error) error {
	c.conns.Open(4)
	if err := load(); err != nil {
		c.conns.Close()
		return err
	}
	c.open = true
	return nil
}

func (c *catalog) Close() {
	if c.open {
		c.conns.Close()
		c.open = false
	}
}

type lazy struct {
	open  bool
	conns pool
}

func (l *lazy) Open(load func() error) error {
	l.conns.Open(4)
	defer func() {
		if !l.open {
			l.conns.Close()
		}
	}()
	if err := load(); err != nil {
		return err
	}
	l.open = true
	return nil
}

func (l *lazy) Close() {
	if !l.open {
		return
	}
	l.conns.Close()
}

// plain closes everything, whatever came of Open.
type plain struct {
	open  bool
	conns pool
}

func (p *plain) Open(load func() error) error {
	p.conns.Open(4)
	if err := load(); err != nil {
		return err
	}
	p.open = true
	return nil
}

func (p *plain) Close() {
	if p.open {
		p.open = false
	}
	p.conns.Close()
}

// early is marked before it opens anything.
type early struct {
	open  bool
	conns pool
}

func (e *early) Open(load func() error) error {
	e.open = true
	e.conns.Open(4)
	return load()
}

func (e *early) Reopen(load func() error) error {
	if err := load(); err != nil {
		return err
	}
	e.conns.Open(4)
	e.open = true
	return load()
}

func (e *early) Close() {
	if e.open {
		e.conns.Close()
	}
}
