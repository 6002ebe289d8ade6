// Command gate waits until the record is there.
package main

import (
	"govetpy.test/watch-before-ensure/ok_looks_first/gate"
	"govetpy.test/watch-before-ensure/ok_looks_first/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
