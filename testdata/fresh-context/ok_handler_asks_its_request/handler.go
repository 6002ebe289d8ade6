// Package ok_handler_asks_its_request has handlers that hear of the end of their request, or wait for nothing.
package ok_handler_asks_its_request

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

func register(ctx context.Context, mux *http.ServeMux, db *sql.DB) {
	mux.HandleFunc("/count", func(w http.ResponseWriter, r *http.Request) {
		var n int
		if err := db.QueryRowContext(r.Context(), "SELECT count(*) FROM jobs").Scan(&n); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	mux.HandleFunc("/both", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(r.Context(), cancel)()
		db.ExecContext(ctx, "DELETE FROM jobs")
	})
	mux.HandleFunc("/alive", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, ctx.Err() == nil)
	})
}
