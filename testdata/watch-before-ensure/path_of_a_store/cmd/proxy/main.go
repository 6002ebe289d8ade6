// Command proxy runs the proxy.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/path_of_a_store/kv"
	"govetpy.test/watch-before-ensure/path_of_a_store/proxy"
)

func main() {
	p := &proxy.Proxy{Store: kv.New()}
	if err := p.Open(context.Background()); err != nil {
		log.Fatal(err)
	}
}
