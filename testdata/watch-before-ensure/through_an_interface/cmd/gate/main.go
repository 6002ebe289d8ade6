// Command gate watches in a goroutine, through an interface.
package main

import (
	"govetpy.test/watch-before-ensure/through_an_interface/gate"
	"govetpy.test/watch-before-ensure/through_an_interface/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
