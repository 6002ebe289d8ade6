// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/ok_own_source/topo"
)

type server interface {
	WatchSrvVSchema(cell string, f func(string))
}

type fake struct{}

func (fake) WatchSrvVSchema(string, func(string)) {}

// Init starts the component.
func Init(_ *topo.Server, cell string) {
	run(fake{}, cell)
}

func run(s server, cell string) { s.WatchSrvVSchema(cell, func(string) {}) }
