// Command gate runs the gateway.
package main

import (
	"net/http"

	"govetpy.test/watch-before-ensure/ok_asked_by_a_client/gate"
	"govetpy.test/watch-before-ensure/ok_asked_by_a_client/topo"
)

func main() {
	gate.Start(topo.NewServer(), http.NewServeMux(), "cell")
}
