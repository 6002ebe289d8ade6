// Command proxy runs the proxy.
package main

import (
	"context"
	"log"

	"govetpy.test/watch-before-ensure/ok_tried_again/kv"
	"govetpy.test/watch-before-ensure/ok_tried_again/proxy"
)

func main() {
	p := &proxy.Proxy{Store: kv.New()}
	if err := p.Open(context.Background()); err != nil {
		log.Fatal(err)
	}
}
