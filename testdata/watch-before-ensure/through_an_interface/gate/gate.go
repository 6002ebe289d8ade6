// Package gate is the component that is started.
package gate

import (
	"govetpy.test/watch-before-ensure/through_an_interface/topo"
)

type server interface {
	WatchSrvKeyspace(cell, ks string, f func(string))
}

type gateway struct{ serv server }

// Init starts the component.
func Init(ts *topo.Server, cell string) {
	g := &gateway{serv: ts}
	g.start(cell) // want "Init comes to a watch of SrvKeyspace through g.start"
}

func (g *gateway) start(cell string) {
	go g.watch(cell)
}

func (g *gateway) watch(cell string) {
	g.serv.WatchSrvKeyspace(cell, "ks", func(string) {})
}
