// Package ok_meant_to_end starts goroutines that the end of the context is to stop, or that have their own.
package ok_meant_to_end

import (
	"context"
	"database/sql"
	"net/http"
	"time"
)

func guard(ctx context.Context, db *sql.DB) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		_ = db.Close()
	}()
}

func handler(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithoutCancel(r.Context())
		go func() {
			ctx, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			_ = db.PingContext(ctx)
		}()
	}
}

func own(ctx context.Context, db *sql.DB) error {
	life, cancel := context.WithTimeout(context.Background(), time.Minute)
	go func() {
		defer cancel()
		_ = db.PingContext(life)
	}()
	return ctx.Err()
}
