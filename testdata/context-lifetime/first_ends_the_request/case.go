// Package first_ends_the_request answers its request when the first mirror has the file; the end of the request, which
// the caller below it knows of, takes the file from all the others.
package first_ends_the_request

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
	"time"
)

type store struct{ mirrors []*sql.DB }

func serve(s *store) error {
	http.HandleFunc("/put/", s.serve)
	return http.ListenAndServe(":8080", nil)
}

func (s *store) serve(w http.ResponseWriter, r *http.Request) {
	if err := s.put(r.Context(), r.URL.Path); err != nil { // step "this context ends when store.serve returns"
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
	_ = s.everywhere(r.Context(), r.URL.Path)
	s.detached(r.URL.Path)
}

func (s *store) put(ctx context.Context, name string) error {
	return s.spread(ctx, name)
}

func (s *store) spread(ctx context.Context, name string) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	var wg sync.WaitGroup
	first, all := make(chan struct{}, len(s.mirrors)), make(chan struct{})
	for _, mirror := range s.mirrors {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if _, err := mirror.ExecContext(limited, "call put(?)", name); err == nil { // want "the first of these goroutines lets the function return"
				first <- struct{}{}
			}
		}()
	}
	go func() {
		wg.Wait()
		cancel()
		close(all)
	}()
	select {
	case <-first:
		return nil
	case <-all:
		return context.DeadlineExceeded
	}
}

// detached has a context of its own, which lasts until the last mirror is done.
func (s *store) detached(name string) {
	limited, cancel := context.WithTimeout(context.Background(), time.Minute)
	var wg sync.WaitGroup
	first := make(chan struct{}, len(s.mirrors))
	for _, mirror := range s.mirrors {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = mirror.ExecContext(limited, "call put(?)", name)
			first <- struct{}{}
		}()
	}
	go func() {
		wg.Wait()
		cancel()
	}()
	<-first
}

// everywhere is waited for by its caller, who has what tells of the last one.
func (s *store) everywhere(ctx context.Context, name string) error {
	rest := s.begin(ctx, name)
	<-rest
	return nil
}

func (s *store) begin(ctx context.Context, name string) <-chan struct{} {
	var wg sync.WaitGroup
	first, all := make(chan struct{}, len(s.mirrors)), make(chan struct{})
	for _, mirror := range s.mirrors {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, _ = mirror.ExecContext(ctx, "call put(?)", name)
			first <- struct{}{}
		}()
	}
	go func() {
		wg.Wait()
		close(all)
	}()
	<-first
	return all
}
