// Package gate writes the records that it watches after that.
package gate

import "govetpy.test/watch-before-ensure/ok_writes_it_itself/topo"

// Init starts the gateway.
func Init(ts *topo.Server, cell string, keyspaces map[string]string) error {
	for keyspace, shards := range keyspaces {
		if err := ts.UpdateSrvKeyspace(cell, keyspace, shards); err != nil {
			return err
		}
	}
	if err := ts.UpdateSrvVSchema(cell, "{}"); err != nil {
		return err
	}
	for keyspace := range keyspaces {
		ts.WatchSrvKeyspace(cell, keyspace, func(string, error) {})
	}
	ts.WatchSrvVSchema(cell, func(string, error) {})
	return nil
}
