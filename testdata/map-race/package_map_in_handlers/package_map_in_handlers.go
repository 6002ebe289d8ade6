// Package package_map_in_handlers counts visits in a package variable, from handlers that run once a request.
package package_map_in_handlers

import (
	"fmt"
	"net/http"
)

var visits = map[string]int{}

func count(w http.ResponseWriter, r *http.Request) {
	visits[r.URL.Path]++ // want "map visits is written by several goroutines at once"
	w.WriteHeader(http.StatusNoContent)
}

func show(w http.ResponseWriter, r *http.Request) {
	for path, n := range visits {
		fmt.Fprintln(w, path, n)
	}
}

func register(mux *http.ServeMux) {
	mux.HandleFunc("/", count) // step "goroutine"
	mux.HandleFunc("/show", show)
}
