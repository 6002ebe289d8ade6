// Command front runs the front end.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/store_of_its_own/front"
	"govetpy.test/watch-before-ensure/store_of_its_own/registry"
)

func main() {
	if err := front.Run(context.Background(), &registry.Client{}); err != nil {
		log.Fatal(err)
	}
}
