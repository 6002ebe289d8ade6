// Command gate builds the record after it is watched.
package main

import (
	"govetpy.test/watch-before-ensure/built_too_late/gate"
	"govetpy.test/watch-before-ensure/built_too_late/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
