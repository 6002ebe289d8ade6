// Package handler_under_outer_context lets handlers wait under the context of the function that registers them.
package handler_under_outer_context

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

func register(ctx context.Context, mux *http.ServeMux, db *sql.DB) {
	mux.HandleFunc("/count", func(w http.ResponseWriter, r *http.Request) { // step "r brings a context of its own"
		var n int
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM jobs").Scan(&n); err != nil { // want "db.QueryRowContext waits under ctx of the function around it: the end of r is not heard of"
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, n)
	})
	mux.HandleFunc("/clear", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			return
		}
		db.ExecContext(ctx, "DELETE FROM jobs") // step "another handler does"
	})
}
