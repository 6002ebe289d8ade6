// Package flag_of_another gives its lock back while it opens and looks at nothing of its own again before it keeps
// what it has opened.
package flag_of_another

import (
	"errors"
	"sync"
)

var errBusy = errors.New("busy")

type conn struct{ open chan struct{} }

func (c *conn) Close() { close(c.open) }

type reader struct {
	mu   sync.Mutex
	conn *conn
	err  error
}

func dial() (*conn, error) { return &conn{open: make(chan struct{})}, errBusy }

// Acquire opens the connection on first use.
func (r *reader) Acquire() (*conn, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return nil, r.err
	}
	if r.conn == nil {
		r.mu.Unlock()
		c, err := dial()
		r.mu.Lock()
		if err != nil {
			return nil, err
		}
		r.conn = c // want "Acquire tests r.conn"
	}
	return r.conn, nil
}

// Serve reads from many goroutines.
func Serve(r *reader) {
	for range 4 {
		go func() {
			if c, err := r.Acquire(); err == nil {
				_ = c
			}
		}()
	}
}
