// Command proxy runs the proxy, beside who writes the limits when somebody asks for that.
package main

import (
	"context"
	"log"
	"net/http"

	"govetpy.test/watch-before-ensure/built_at_an_event/kv"
	"govetpy.test/watch-before-ensure/built_at_an_event/proxy"
)

func write(ctx context.Context, store *kv.Store, asked <-chan string) {
	for limits := range asked {
		if err := proxy.SetLimits(ctx, store, limits); err != nil {
			log.Print(err)
		}
	}
}

func main() {
	ctx, store, asked := context.Background(), kv.New(), make(chan string)
	go write(ctx, store, asked)
	p := &proxy.Proxy{Store: store}
	if err := p.Open(ctx); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/limits", func(_ http.ResponseWriter, r *http.Request) { asked <- r.FormValue("limits") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
