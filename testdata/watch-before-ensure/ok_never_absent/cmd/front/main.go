// Command front runs the front end.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/ok_never_absent/front"
	"govetpy.test/watch-before-ensure/ok_never_absent/registry"
)

func main() {
	if err := front.Run(context.Background(), &registry.Client{}); err != nil {
		log.Fatal(err)
	}
}
