// Package from_a_request puts a value into the context of a request, of which nothing else is known.
package from_a_request

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type userKey struct{}

type user struct{ name string }

func (u *user) in(ctx context.Context) context.Context { return context.WithValue(ctx, userKey{}, u) }

func userOf(ctx context.Context) (*user, error) {
	u, ok := ctx.Value(userKey{}).(*user)
	if !ok || u == nil {
		return nil, errors.New("no user")
	}
	return u, nil
}

type disk struct{ owners map[string]string }

func (d *disk) put(ctx context.Context, name string) error {
	u, err := userOf(ctx)
	if err != nil {
		return err
	}
	d.owners[name] = u.name
	return nil
}

type volume interface {
	put(ctx context.Context, name string) error
}

type site struct{ volume volume }

func newSite() *site { return &site{&disk{make(map[string]string)}} }

func (s *site) serve(mux *http.ServeMux) {
	mux.HandleFunc("/both", func(w http.ResponseWriter, r *http.Request) {
		ctx := (&user{r.FormValue("user")}).in(r.Context())
		both(ctx, s.volume)
		bothOK(ctx, s.volume)
		s.laterOK(ctx)
		s.later(ctx)
	})
	mux.HandleFunc("/kept", func(w http.ResponseWriter, r *http.Request) {
		ctx := (&user{r.FormValue("user")}).in(r.Context())
		t := &task{ctx: context.Background(), volume: s.volume}
		if s.volume.put(ctx, "begin") == nil {
			_ = t.run()
		}
	})
}

func both(ctx context.Context, v volume) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		failed <- v.put(ctx, "copy") // want "v.put fails without the context value from_a_request.userKey{}"
	}()
	return <-failed
}

func bothOK(ctx context.Context, v volume) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		failed <- v.put(ctx, "copy")
	}()
	return <-failed
}

// later has the method as a value.
func (s *site) later(ctx context.Context) {
	put := s.volume.put
	_ = put(ctx, "now")
	defer func() {
		_ = put(context.Background(), "end") // want "put fails without the context value"
	}()
}

func (s *site) laterOK(ctx context.Context) {
	put := s.volume.put
	defer func() {
		_ = put(context.WithoutCancel(ctx), "end")
	}()
}

// task has a fresh context wherever it is made.
type task struct {
	ctx    context.Context
	volume volume
}

func (t *task) run() error {
	return t.volume.put(t.ctx, "kept") // want "t.volume.put fails without the context value"
}
