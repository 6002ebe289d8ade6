// Package ok_pool keeps idle connections in a channel, and closes those that find no room (idiom B10).
package ok_pool

import "net/http"

type conn struct{ open bool }

func (c *conn) close() { c.open = false }

type pool struct{ idle chan *conn }

func (p *pool) get() *conn {
	select {
	case c := <-p.idle:
		return c
	default:
		return &conn{open: true}
	}
}

func (p *pool) put(c *conn) {
	select {
	case p.idle <- c:
	default:
		c.close()
	}
}

func serve(mux *http.ServeMux) {
	p := &pool{idle: make(chan *conn, 4)}
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		c := p.get()
		defer p.put(c)
	})
}
