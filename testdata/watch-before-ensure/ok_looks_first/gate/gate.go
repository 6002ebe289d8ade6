// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/ok_looks_first/topo"
)

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	go follow(ts, cell)
}

func follow(ts *topo.Server, cell string) {
	for {
		if _, err := ts.GetSrvKeyspace(cell, "ks"); err == nil {
			break
		}
	}
	ts.WatchSrvKeyspace(cell, "ks", func(string) {})
}
