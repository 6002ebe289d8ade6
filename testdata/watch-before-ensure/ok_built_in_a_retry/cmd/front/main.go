// Command front runs the front end.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/ok_built_in_a_retry/front"
	"govetpy.test/watch-before-ensure/ok_built_in_a_retry/registry"
)

func main() {
	if err := front.Run(context.Background(), &registry.Client{}); err != nil {
		log.Fatal(err)
	}
}
