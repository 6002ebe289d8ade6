// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/ok_later_event/topo"
)

var handlers []func(string)

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	handlers = append(handlers, func(ks string) {
		ts.WatchSrvKeyspace(cell, ks, func(string) {})
	})
}
