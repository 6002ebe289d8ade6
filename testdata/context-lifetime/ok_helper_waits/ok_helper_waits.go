// Package ok_helper_waits waits for what the helper starts, or frees it from the context's end.
package ok_helper_waits

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

func (s *service) beside(work func()) {
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		work()
	}()
	done.Wait()
}

func (s *service) store(ctx context.Context, text string) {
	_, _ = s.db.ExecContext(ctx, "insert into notes values (?)", text)
}

func (s *service) saveAll(ctx context.Context, texts []string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for _, text := range texts {
		s.aside(func() { s.store(ctx, text) })
	}
	s.pending.Wait()
}

func (s *service) saveSoon(ctx context.Context, text string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s.aside(func() { s.store(context.WithoutCancel(ctx), text) })
}

func (s *service) saveBeside(ctx context.Context, text string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s.beside(func() { s.store(ctx, text) })
}

func (s *service) feed(ctx context.Context, texts <-chan string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for text := range texts {
		s.aside(func() { s.store(ctx, text) })
	}
}
