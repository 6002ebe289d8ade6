// Package tablet makes records when a tablet is promoted.
package tablet

import (
	"context"

	"govetpy.test/watch-before-ensure/started_by_main/store"
	"govetpy.test/watch-before-ensure/started_by_main/tools"
)

// Promoted runs in the cell of the tablet.
func Promoted(ctx context.Context, conn store.Conn, cell, keyspace string) error {
	return tools.BuildServing(ctx, conn, keyspace, []string{cell})
}
