// Command ctl is the tool whose user builds the records.
package main

import (
	"log"
	"os"

	"govetpy.test/watch-before-ensure/ensured_by_nobody_at_start/topo"
	"govetpy.test/watch-before-ensure/ensured_by_nobody_at_start/topotools"
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
