// Command gate runs the gateway.
package main

import (
	"flag"

	"govetpy.test/watch-before-ensure/ensured_by_nobody_at_start/gate"
	"govetpy.test/watch-before-ensure/ensured_by_nobody_at_start/topo"
)

var cell = flag.String("cell", "", "where the gateway is")

func main() {
	flag.Parse()
	gate.Serve(topo.NewServer(), *cell)
}
