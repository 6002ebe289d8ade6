// Command gate runs the gateway.
package main

import (
	"log"
	"os"

	"govetpy.test/watch-before-ensure/ok_rebuilds_keyspaces/gate"
	"govetpy.test/watch-before-ensure/ok_rebuilds_keyspaces/topo"
)

func main() {
	if err := gate.Init(topo.NewServer(), os.Args[1], os.Args[2:]); err != nil {
		log.Fatal(err)
	}
}
