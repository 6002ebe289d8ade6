// Package ok_drains_after_close empties a pool that it has closed.
package ok_drains_after_close

type conn struct{}

func (*conn) close() {}

type pool struct{ idle chan *conn }

func open(size int) *pool { return &pool{idle: make(chan *conn, size)} }

func (p *pool) put(c *conn) { p.idle <- c }

func (p *pool) close() {
	close(p.idle)
	for c := range p.idle {
		c.close()
	}
}
