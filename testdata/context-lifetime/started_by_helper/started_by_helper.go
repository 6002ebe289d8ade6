// Package started_by_helper lets a helper start work that goes on under a context which ends on return.
package started_by_helper

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

type service struct {
	db      *sql.DB
	pending sync.WaitGroup
}

func (s *service) aside(work func()) {
	s.pending.Add(1)
	go func() {
		defer s.pending.Done()
		work()
	}()
}

func (s *service) store(ctx context.Context, text string) {
	_, _ = s.db.ExecContext(ctx, "insert into notes values (?)", text)
}

func (s *service) save(ctx context.Context, texts []string) int {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // step "this context ends when service.save returns"
	for _, text := range texts {
		s.aside(func() { s.store(ctx, text) }) // want "nobody waits for this goroutine, and its context ends when this function returns: s.store fails then"
	}
	return len(texts)
}

func (s *service) saveMarked(ctx context.Context, text string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // step "this context ends"
	s.pending.Add(1)
	go func() { // step "not waited for"
		defer s.pending.Done()
		s.store(ctx, text) // want "nobody waits for this goroutine"
	}()
}

func (s *service) close() { s.pending.Wait() }
