// Command gate watches when a client asks, not at the start.
package main

import (
	"govetpy.test/watch-before-ensure/ok_later_event/gate"
	"govetpy.test/watch-before-ensure/ok_later_event/topo"
)

func main() {
	gate.Init(&topo.Server{}, "cell")
}
