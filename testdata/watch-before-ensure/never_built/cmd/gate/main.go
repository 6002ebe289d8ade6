// Command gate watches a record that nobody builds.
package main

import (
	"govetpy.test/watch-before-ensure/never_built/gate"
	"govetpy.test/watch-before-ensure/never_built/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
