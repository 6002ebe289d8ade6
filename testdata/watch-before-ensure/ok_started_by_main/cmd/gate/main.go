// Command gate makes what it watches.
package main

import (
	"context"
	"fmt"
	"log"

	"govetpy.test/watch-before-ensure/ok_started_by_main/store"
	"govetpy.test/watch-before-ensure/ok_started_by_main/tools"
)

type gate struct {
	conn store.Conn
	cell string
}

func (g *gate) start(ctx context.Context, keyspaces []string) error {
	for _, keyspace := range keyspaces {
		if err := tools.BuildServing(ctx, g.conn, keyspace, []string{g.cell}); err != nil {
			return err
		}
		changes, err := g.conn.Watch(ctx, fmt.Sprintf("%s/serving/%s", g.cell, keyspace))
		if err != nil {
			return err
		}
		go func() {
			for range changes {
			}
		}()
	}
	return nil
}

func main() {
	g := &gate{store.Open(), "west"}
	if err := g.start(context.Background(), []string{"orders"}); err != nil {
		log.Fatal(err)
	}
}
