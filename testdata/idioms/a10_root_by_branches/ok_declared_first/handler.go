// Package ok_declared_first builds a root context in two branches; the variable is a declaration, no parent.
package ok_declared_first

import (
	"context"
	"sync"
	"time"
)

type session struct{ answers chan error }

func (s *session) close(ctx context.Context) error {
	select {
	case err := <-s.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type handler struct {
	limit time.Duration

	mu       sync.Mutex
	sessions map[int]*session
}

func (h *handler) session(id int) *session {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sessions[id]
}

// ConnectionClosed rolls back what the connection has open.
func (h *handler) ConnectionClosed(id int) {
	defer func() {
		h.mu.Lock()
		delete(h.sessions, id)
		h.mu.Unlock()
	}()

	var ctx context.Context
	var cancel context.CancelFunc
	if h.limit != 0 {
		ctx, cancel = context.WithTimeout(context.Background(), h.limit)
		defer cancel()
	} else {
		ctx = context.Background()
	}
	_ = h.session(id).close(ctx)
}

type listener interface{ ConnectionClosed(id int) }

func serve(l listener, ids <-chan int) {
	for id := range ids {
		go l.ConnectionClosed(id)
	}
}

func run(ids <-chan int) { serve(&handler{limit: time.Second, sessions: map[int]*session{}}, ids) }
