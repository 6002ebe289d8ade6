// Command ctl takes the orders of an operator.
package main

import (
	"context"
	"log"
	"os"

	"govetpy.test/watch-before-ensure/key_of_a_store/kv"
	"govetpy.test/watch-before-ensure/key_of_a_store/proxy"
)

func main() {
	if err := proxy.SetLimits(context.Background(), kv.New(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}
