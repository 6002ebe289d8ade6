// Command gate brings its own source of records.
package main

import (
	"govetpy.test/watch-before-ensure/ok_own_source/gate"
	"govetpy.test/watch-before-ensure/ok_own_source/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
