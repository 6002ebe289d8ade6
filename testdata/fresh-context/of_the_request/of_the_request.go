// Package of_the_request has a request whose context nobody asks for.
package of_the_request

import (
	"context"
	"io"
	"net/http"
)

type store interface {
	list(ctx context.Context, dir string) ([]string, error)
}

type remote struct{ answers chan []string }

func (r *remote) list(ctx context.Context, dir string) ([]string, error) {
	select {
	case names := <-r.answers:
		return names, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func serve(s store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { // step "r is at hand"
		ctx := context.Background()
		names, err := s.list(ctx, r.URL.Path) // want "s.list waits under a fresh context: the end of r "
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		for _, name := range names {
			_, _ = io.WriteString(w, name)
		}
	}
}

var _ = serve(&remote{})
