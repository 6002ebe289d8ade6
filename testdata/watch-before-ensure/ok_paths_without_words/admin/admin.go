// Package admin keeps the notes of operators, which have nothing to do with what the gate watches.
package admin

import (
	"context"
	"fmt"

	"govetpy.test/watch-before-ensure/ok_paths_without_words/store"
)

// Note writes one.
func Note(ctx context.Context, conn store.Conn, operator, title string) error {
	return conn.Create(ctx, fmt.Sprintf("%s/%s", operator, title), nil)
}
