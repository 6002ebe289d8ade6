// Command demo runs a gateway that makes its own records.
package main

import (
	"log"

	"govetpy.test/watch-before-ensure/ok_writes_it_itself/gate"
	"govetpy.test/watch-before-ensure/ok_writes_it_itself/topo"
)

func main() {
	if err := gate.Init(topo.NewServer(), "cell", map[string]string{"ks": "-80,80-"}); err != nil {
		log.Fatal(err)
	}
}
