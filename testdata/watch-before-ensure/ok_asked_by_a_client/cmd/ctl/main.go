// Command ctl is the tool whose user builds the records.
package main

import (
	"log"
	"os"

	"govetpy.test/watch-before-ensure/ok_asked_by_a_client/topo"
	"govetpy.test/watch-before-ensure/ok_asked_by_a_client/topotools"
)

func main() {
	ts := topo.NewServer()
	if err := topotools.RebuildKeyspace(ts, os.Args[1], []string{os.Args[2]}); err != nil {
		log.Fatal(err)
	}
	if err := ts.RebuildSrvVSchema([]string{os.Args[2]}); err != nil {
		log.Fatal(err)
	}
}
