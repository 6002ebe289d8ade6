// Command gate builds what is absent before it watches.
package main

import (
	"govetpy.test/watch-before-ensure/ok_built_first/gate"
	"govetpy.test/watch-before-ensure/ok_built_first/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
