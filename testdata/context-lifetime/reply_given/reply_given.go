// Package reply_given answers at once, and leaves the work to a goroutine under the context of the request.
package reply_given

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

type exporter interface {
	export(ctx context.Context, table string) error
}

type job struct{ table, state string }

type api struct {
	exporter exporter
	limit    time.Duration
}

func (a *api) run(ctx context.Context, j *job) {
	ctx, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel()
	if err := a.exporter.export(ctx, j.table); err != nil {
		j.state = err.Error()
	}
}

func (a *api) start(w http.ResponseWriter, r *http.Request) {
	go a.run(r.Context(), &job{table: r.FormValue("table")}) // want "nobody waits for this goroutine, and its context ends when this function returns"
	w.Header().Set("Location", "/jobs")
	w.WriteHeader(http.StatusAccepted)
	fmt.Fprintln(w, "started")
}

func (a *api) startWithJSON(w http.ResponseWriter, r *http.Request) {
	table := r.FormValue("table")
	go a.run(r.Context(), &job{table: table}) // want "nobody waits for this goroutine, and its context ends when this function returns"
	if err := json.NewEncoder(w).Encode(table); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
