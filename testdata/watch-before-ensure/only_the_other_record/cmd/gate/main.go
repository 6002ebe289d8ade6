// Command gate runs the gateway.
package main

import (
	"os"

	"govetpy.test/watch-before-ensure/only_the_other_record/gate"
	"govetpy.test/watch-before-ensure/only_the_other_record/topo"
)

func main() {
	gate.Init(topo.NewServer(), os.Args[1], os.Args[2:])
}
