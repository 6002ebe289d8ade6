// Package ok_reply_given answers at once, and waits for the work or takes it off the request.
package ok_reply_given

import (
	"context"
	"fmt"
	"net/http"
)

type exporter interface {
	export(ctx context.Context, table string) error
}

type api struct{ exporter exporter }

func (a *api) run(ctx context.Context, table string) { _ = a.exporter.export(ctx, table) }

func (a *api) start(w http.ResponseWriter, r *http.Request) {
	go a.run(context.WithoutCancel(r.Context()), r.FormValue("table"))
	w.WriteHeader(http.StatusAccepted)
	fmt.Fprintln(w, "started")
}

func (a *api) startAndWait(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.run(r.Context(), r.FormValue("table"))
	}()
	w.WriteHeader(http.StatusOK)
	<-done
	fmt.Fprintln(w, "done")
}
