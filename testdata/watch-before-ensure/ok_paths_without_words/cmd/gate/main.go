// Command gate watches what others see to; the form of its path says nothing of what it is.
package main

import (
	"context"
	"fmt"
	"log"

	"govetpy.test/watch-before-ensure/ok_paths_without_words/admin"
	"govetpy.test/watch-before-ensure/ok_paths_without_words/store"
)

var conn store.Conn

func follow(ctx context.Context, root, cell string) error {
	changes, err := conn.Watch(ctx, fmt.Sprintf("%s/%s", root, cell))
	if err != nil {
		return err
	}
	for range changes {
		if err := admin.Note(ctx, conn, "gate", "changed"); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := follow(context.Background(), "routes", "west"); err != nil {
		log.Fatal(err)
	}
}
