// Package gate is only ever started by a program that has built the records.
package gate

import "govetpy.test/watch-before-ensure/ok_built_by_the_program/topo"

// Init starts the gateway.
func Init(ts *topo.Server, cell string) {
	ts.WatchSrvKeyspace(cell, "ks", func(string, error) {})
	ts.WatchSrvVSchema(cell, func(string, error) {})
}
