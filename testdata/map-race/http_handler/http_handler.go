// Package http_handler writes a captured map in a handler that the server runs for every request.
package http_handler

import "net/http"

func bad(mux *http.ServeMux) map[string]int {
	hits := map[string]int{}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { // step "goroutine"
		hits[r.URL.Path]++ // want "map hits is written by several goroutines at once"
	})
	return hits
}
