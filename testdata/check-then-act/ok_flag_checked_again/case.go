// Package ok_flag_checked_again gives its lock back while it opens, behind a flag that is set before and looked at
// again once the lock is held.
package ok_flag_checked_again

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

func dial() *conn { return &conn{open: make(chan struct{})} }

// Acquire opens the connection on first use.
func (r *reader) Acquire() (*conn, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return nil, r.err
	}
	if r.conn == nil {
		r.err = errBusy
		r.mu.Unlock()
		c := dial()
		r.mu.Lock()
		if r.err != errBusy {
			c.Close()
			return nil, r.err
		}
		r.conn, r.err = c, nil
	}
	return r.conn, nil
}

// Close ends it for all.
func (r *reader) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = errors.New("closed")
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
