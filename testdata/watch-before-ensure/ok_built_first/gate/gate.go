// Package gate is the component that is started.
package gate

import (
	"errors"

	"govetpy.test/watch-before-ensure/ok_built_first/topo"
)

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	ensure(ts, cell)
	newExecutor(ts, cell)
}

func ensure(ts *topo.Server, cell string) {
	if _, err := ts.GetSrvVSchema(cell); errors.Is(err, topo.ErrNoNode) {
		ts.RebuildSrvVSchema(cell)
	}
}

func newExecutor(ts *topo.Server, cell string) {
	ts.WatchSrvVSchema(cell, func(string) {})
}
