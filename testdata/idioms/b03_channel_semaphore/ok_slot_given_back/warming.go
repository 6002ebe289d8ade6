// Package ok_slot_given_back uses channels as semaphores: one that turns away who finds no slot, one that waits, and one
// whose slots are given back by another method.
package ok_slot_given_back

import (
	"context"
	"log"
	"sync"
)

type executor struct {
	warming chan bool
	reads   func(ctx context.Context, query string) error
}

func (e *executor) warm(ctx context.Context, query string) {
	select {
	case e.warming <- true:
		go func() {
			ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
			defer cancel()
			defer func() { <-e.warming }()
			if err := e.reads(ctx, query); err != nil {
				log.Print(err)
			}
		}()
	default:
		log.Print("no slot")
	}
}

type row struct{ slots chan struct{} }

type serializer struct {
	mu   sync.Mutex
	rows map[string]*row
}

func (s *serializer) wait(ctx context.Context, key string) (func(), error) {
	s.mu.Lock()
	r := s.rows[key]
	if r == nil {
		r = &row{slots: make(chan struct{}, 1)}
		s.rows[key] = r
	}
	s.mu.Unlock()
	select {
	case r.slots <- struct{}{}:
		return r.unlock, nil
	default:
	}
	select {
	case r.slots <- struct{}{}:
		return r.unlock, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (r *row) unlock() { <-r.slots }

func forAll(items []string, limit int, f func(string)) {
	slots := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for _, item := range items {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			f(item)
		})
	}
	wg.Wait()
}

func run(ctx context.Context, queries []string, reads func(context.Context, string) error) {
	e := &executor{warming: make(chan bool, 2), reads: reads}
	s := &serializer{rows: map[string]*row{}}
	forAll(queries, 3, func(query string) {
		unlock, err := s.wait(ctx, query)
		if err != nil {
			return
		}
		defer unlock()
		e.warm(ctx, query)
	})
}
