// Package ok_no_parent starts a context in the methods that a listener calls, and attaches who calls afterwards.
package ok_no_parent

import (
	"context"
	"errors"
	"sync"
	"time"
)

type callerKey struct{}

func withCaller(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, callerKey{}, name)
}

var errNobody = errors.New("nobody calls")

func caller(ctx context.Context) (string, error) {
	name, found := ctx.Value(callerKey{}).(string)
	if !found {
		return "", errNobody
	}
	return name, nil
}

type conn struct {
	id   int
	user string

	mu     sync.Mutex
	cancel context.CancelFunc
}

func (c *conn) updateCancel(cancel context.CancelFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancel = cancel
}

func (c *conn) kill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel != nil {
		c.cancel()
	}
}

type gate struct{ answers chan error }

func (g *gate) execute(ctx context.Context, _ string) error {
	if _, err := caller(ctx); err != nil {
		return err
	}
	select {
	case err := <-g.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type handler struct {
	gate  *gate
	limit time.Duration
}

// ComQuery runs a query of a connection.
func (h *handler) ComQuery(c *conn, query string) error {
	ctx, cancel := context.WithCancel(context.Background())
	c.updateCancel(cancel)
	if h.limit != 0 {
		ctx, cancel = context.WithTimeout(ctx, h.limit)
		defer cancel()
	}
	ctx = withCaller(ctx, c.user)
	return h.gate.execute(ctx, query)
}

// ConnectionClosed is called when the connection is gone.
func (h *handler) ConnectionClosed(c *conn) { c.kill() }

type listener struct {
	handler interface {
		ComQuery(c *conn, query string) error
		ConnectionClosed(c *conn)
	}
}

func (l *listener) accept(conns <-chan *conn, queries func(*conn) []string) {
	for c := range conns {
		go func() {
			defer l.handler.ConnectionClosed(c)
			for _, query := range queries(c) {
				if err := l.handler.ComQuery(c, query); err != nil {
					return
				}
			}
		}()
	}
}

func run(conns <-chan *conn, queries func(*conn) []string) {
	l := &listener{handler: &handler{gate: &gate{answers: make(chan error)}, limit: time.Second}}
	l.accept(conns, queries)
}
