// Command proxy runs the proxy.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/ok_key_that_nobody_writes/kv"
	"govetpy.test/watch-before-ensure/ok_key_that_nobody_writes/proxy"
)

func main() {
	p := &proxy.Proxy{Store: kv.New()}
	if err := p.Open(context.Background()); err != nil {
		log.Fatal(err)
	}
}
