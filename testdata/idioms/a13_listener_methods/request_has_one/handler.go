// Package request_has_one starts a context in a method that a server calls with a request, which has one already.
package request_has_one

import (
	"context"
	"net/http"
)

type gate struct{ answers chan error }

func (g *gate) execute(ctx context.Context, _ string) error {
	select {
	case err := <-g.answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type handler struct{ gate *gate }

// ServeHTTP runs the query of a request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { // step "r is at hand"
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := h.gate.execute(ctx, r.URL.RawQuery); err != nil { // want "h.gate.execute waits under a fresh context: the end of r "
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func register(mux *http.ServeMux, g *gate) { mux.Handle("/query", &handler{g}) }
