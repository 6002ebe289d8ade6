// Command gate watches by itself what only the promotion of a tablet makes.
package main

import (
	"context"
	"fmt"
	"log"

	"govetpy.test/watch-before-ensure/started_by_main/store"
)

type gate struct {
	conn store.Conn
	cell string
}

func (g *gate) start(ctx context.Context, keyspaces []string) error {
	for _, keyspace := range keyspaces {
		changes, err := g.conn.Watch(ctx, fmt.Sprintf("%s/serving/%s", g.cell, keyspace)) // want "gate.start comes to a watch of %s/serving/%s"
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
	if err := g.start(context.Background(), []string{"orders"}); err != nil { // step "the program starts gate.start"
		log.Fatal(err)
	}
}
