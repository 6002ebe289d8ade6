// Package topotools builds derived records.
package topotools

import "govetpy.test/watch-before-ensure/ok_built_by_the_program/topo"

// RebuildKeyspace builds the record of a keyspace in some cells.
func RebuildKeyspace(ts *topo.Server, keyspace string, cells []string) error {
	for _, cell := range cells {
		if err := ts.UpdateSrvKeyspace(cell, keyspace, "built"); err != nil {
			return err
		}
	}
	return nil
}
