// Package gate builds what is absent, of both records, before it watches.
package gate

import (
	"errors"

	"govetpy.test/watch-before-ensure/ok_rebuilds_keyspaces/topo"
	"govetpy.test/watch-before-ensure/ok_rebuilds_keyspaces/topotools"
)

// Init starts the gateway.
func Init(ts *topo.Server, cell string, keyspaces []string) error {
	if err := rebuildGraphs(ts, cell, keyspaces); err != nil {
		return err
	}
	for _, keyspace := range keyspaces {
		ts.WatchSrvKeyspace(cell, keyspace, func(string, error) {})
	}
	ts.WatchSrvVSchema(cell, func(string, error) {})
	return nil
}

func rebuildGraphs(ts *topo.Server, cell string, keyspaces []string) error {
	for _, keyspace := range keyspaces {
		_, err := ts.GetSrvKeyspace(cell, keyspace)
		if errors.Is(err, topo.ErrNoNode) {
			err = topotools.RebuildKeyspace(ts, keyspace, []string{cell})
		}
		if err != nil {
			return err
		}
	}
	if _, err := ts.GetSrvVSchema(cell); errors.Is(err, topo.ErrNoNode) {
		return ts.RebuildSrvVSchema([]string{cell})
	}
	return nil
}
