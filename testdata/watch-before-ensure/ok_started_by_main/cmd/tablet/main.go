package main

import (
	"context"

	"govetpy.test/watch-before-ensure/ok_started_by_main/store"
	"govetpy.test/watch-before-ensure/ok_started_by_main/tablet"
)

func main() { _ = tablet.Promoted(context.Background(), store.Open(), "east", "orders") }
