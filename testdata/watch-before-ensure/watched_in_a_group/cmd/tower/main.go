// Command tower runs the control tower.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/watched_in_a_group/charts"
	"govetpy.test/watch-before-ensure/watched_in_a_group/tower"
)

func main() {
	ctx := context.Background()
	if err := tower.Open(ctx, &charts.Box{}, []string{"north", "south"}); err != nil {
		log.Fatal(err)
	}
	tower.OpenCarefully(ctx, &charts.Box{}, []string{"east"})
}
