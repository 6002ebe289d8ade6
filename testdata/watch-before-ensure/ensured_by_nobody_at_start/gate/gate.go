// Package gate watches the routing rules of its cell from a chain of constructors; only a handler, which an operator
// calls later, builds them.
package gate

import (
	"net/http"

	"govetpy.test/watch-before-ensure/ensured_by_nobody_at_start/topo"
)

type manager struct {
	ts      *topo.Server
	cell    string
	current string
}

func (m *manager) start() {
	m.ts.WatchSrvVSchema(m.cell, func(value string, err error) { m.current = value })
}

type executor struct{ rules *manager }

func newExecutor(ts *topo.Server, cell string) *executor {
	e := &executor{rules: &manager{ts: ts, cell: cell}}
	e.rules.start()
	return e
}

func (e *executor) rebuild(http.ResponseWriter, *http.Request) {
	_ = e.rules.ts.RebuildSrvVSchema([]string{e.rules.cell})
}

// Serve starts the gateway.
func Serve(ts *topo.Server, cell string) {
	mux := http.NewServeMux()
	e := newExecutor(ts, cell) // want "comes to a watch of SrvVSchema through newExecutor"
	mux.HandleFunc("/rebuild", e.rebuild)
	_ = http.ListenAndServe(":0", mux)
}
