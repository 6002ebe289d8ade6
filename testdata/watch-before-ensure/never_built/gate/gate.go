// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/never_built/topo"
)

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	newExecutor(ts, cell) // want "Init comes to a watch of SrvVSchema through newExecutor"
}

func newExecutor(ts *topo.Server, cell string) {
	ts.WatchSrvVSchema(cell, func(string) {})
}
