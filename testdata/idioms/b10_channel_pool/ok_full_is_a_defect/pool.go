// Package ok_full_is_a_defect keeps resources in a channel and takes a full one for a defect.
package ok_full_is_a_defect

import (
	"context"
	"net/http"
)

type resource interface{ close() }

type conn struct{ open bool }

func (c *conn) close() { c.open = false }

type pool struct {
	resources chan resource
	factory   func() (resource, error)
}

func newPool(capacity int, factory func() (resource, error)) *pool {
	p := &pool{resources: make(chan resource, capacity), factory: factory}
	for range capacity {
		p.resources <- nil
	}
	return p
}

func (p *pool) get(ctx context.Context) (resource, error) {
	var r resource
	select {
	case r = <-p.resources:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if r == nil {
		made, err := p.factory()
		if err != nil {
			p.resources <- nil
			return nil, err
		}
		r = made
	}
	return r, nil
}

func (p *pool) put(r resource) {
	select {
	case p.resources <- r:
	default:
		panic("put into a full pool")
	}
}

func serve(mux *http.ServeMux) {
	p := newPool(4, func() (resource, error) { return &conn{open: true}, nil })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		c, err := p.get(r.Context())
		if err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		defer p.put(c)
		_, _ = w.Write([]byte(r.URL.Path))
	})
}
