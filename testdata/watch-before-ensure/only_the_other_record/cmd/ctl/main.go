// Command ctl is the tool whose user builds the records.
package main

import (
	"log"
	"os"

	"govetpy.test/watch-before-ensure/only_the_other_record/topo"
	"govetpy.test/watch-before-ensure/only_the_other_record/topotools"
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
