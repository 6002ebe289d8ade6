// Command all runs everything in one process, and builds the records first.
package main

import (
	"log"

	"govetpy.test/watch-before-ensure/ok_built_by_the_program/gate"
	"govetpy.test/watch-before-ensure/ok_built_by_the_program/topo"
	"govetpy.test/watch-before-ensure/ok_built_by_the_program/topotools"
)

func main() {
	ts := topo.NewServer()
	if err := topotools.RebuildKeyspace(ts, "ks", []string{"cell"}); err != nil {
		log.Fatal(err)
	}
	if err := ts.RebuildSrvVSchema([]string{"cell"}); err != nil {
		log.Fatal(err)
	}
	gate.Init(ts, "cell")
}
