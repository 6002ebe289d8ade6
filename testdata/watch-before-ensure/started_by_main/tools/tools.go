// Package tools makes records.
package tools

import (
	"context"
	"fmt"

	"govetpy.test/watch-before-ensure/started_by_main/store"
)

// BuildServing makes the record of a keyspace in some cells.
func BuildServing(ctx context.Context, conn store.Conn, keyspace string, cells []string) error {
	for _, cell := range cells {
		if err := conn.Update(ctx, fmt.Sprintf("%s/serving/%s", cell, keyspace), nil); err != nil {
			return err
		}
	}
	return nil
}
