// Command proxy runs the proxy, and takes orders for all.
package main

import (
	"context"
	"log"
	"net/http"

	"govetpy.test/watch-before-ensure/ok_key_that_nobody_writes/kv"
	"govetpy.test/watch-before-ensure/ok_key_that_nobody_writes/proxy"
)

func main() {
	store := kv.New()
	http.HandleFunc("/limits", func(w http.ResponseWriter, r *http.Request) {
		if err := proxy.SetLimits(r.Context(), store, r.FormValue("limits")); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	p := &proxy.Proxy{Store: store}
	if err := p.Open(context.Background()); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
