// Command proxy runs the proxy, which writes its limits if it is told to.
package main

import (
	"context"
	"flag"
	"log"

	"govetpy.test/watch-before-ensure/built_for_a_flag/kv"
	"govetpy.test/watch-before-ensure/built_for_a_flag/proxy"
)

var write = flag.Bool("bootstrap", false, "write the limits first")

func main() {
	flag.Parse()
	ctx, store := context.Background(), kv.New()
	if *write {
		if err := proxy.SetLimits(ctx, store, "none"); err != nil {
			log.Fatal(err)
		}
	}
	p := &proxy.Proxy{Store: store}
	if err := p.Open(ctx); err != nil {
		log.Fatal(err)
	}
}
