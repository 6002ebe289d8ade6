// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/built_too_late/topo"
)

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	ts.WatchSrvVSchema(cell, func(string) {}) // want "comes to a watch of SrvVSchema through ts.WatchSrvVSchema"
	ts.RebuildSrvVSchema(cell)
}
