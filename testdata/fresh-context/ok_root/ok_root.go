// Package ok_root has no context, nor have all of its callers.
package ok_root

import (
	"context"
	"database/sql"
)

func ping(db *sql.DB) error {
	return db.PingContext(context.Background())
}

func start(db *sql.DB) error { return ping(db) }

func serve(ctx context.Context, db *sql.DB) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return db.PingContext(ctx)
}

func main() {
	_ = start(nil)
	_ = serve(context.Background(), nil)
}
