// Package callers_have_one makes a context below callers that all have theirs.
package callers_have_one

import (
	"context"
	"database/sql"
)

type grants struct{ db *sql.DB }

func (g *grants) load(user string) (*sql.Row, error) {
	ctx := context.Background()
	if err := g.db.PingContext(ctx); err != nil { // want "g.db.PingContext waits under a fresh context, although all callers of grants.load"
		return nil, err
	}
	return g.db.QueryRowContext(ctx, "select * from grants where user = ?", user), nil
}

func check(ctx context.Context, g *grants, user string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	row, err := g.load(user) // step "ctx is at hand here"
	if err != nil {
		return err
	}
	return row.Err()
}
