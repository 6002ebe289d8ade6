// Package main ends with the process, which needs no cancel.
package main

import (
	"context"
	"os"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	if len(os.Args) > 1 {
		<-ctx.Done()
		return
	}
	cancel()
}
