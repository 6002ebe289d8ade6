// Package gate builds one record when it is absent, but not the other, which only the tool builds.
package gate

import (
	"errors"

	"govetpy.test/watch-before-ensure/only_the_other_record/topo"
)

type gateway struct {
	ts        *topo.Server
	cell      string
	keyspaces map[string]string
	vschema   string
}

// Init starts the gateway.
func Init(ts *topo.Server, cell string, keyspaces []string) error {
	g := &gateway{ts: ts, cell: cell, keyspaces: map[string]string{}}
	if err := g.ensureVSchema(); err != nil {
		return err
	}
	g.ts.WatchSrvVSchema(cell, func(value string, err error) { g.vschema = value })
	g.watch(keyspaces) // want "comes to a watch of SrvKeyspace through g.watch"
	return nil
}

func (g *gateway) ensureVSchema() error {
	_, err := g.ts.GetSrvVSchema(g.cell)
	if errors.Is(err, topo.ErrNoNode) {
		return g.ts.RebuildSrvVSchema([]string{g.cell})
	}
	return err
}

func (g *gateway) watch(keyspaces []string) {
	for _, keyspace := range keyspaces {
		g.ts.WatchSrvKeyspace(g.cell, keyspace, func(value string, err error) { g.keyspaces[keyspace] = value })
	}
}
