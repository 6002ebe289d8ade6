// Package handler_through_helper registers a handler through a helper that only knows its interface.
package handler_through_helper

import "net/http"

type hits struct {
	byPath map[string]int
}

func (h *hits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.byPath[r.URL.Path]++ // want "map h.byPath is written by several goroutines at once"
}

func handle(pattern string, handler http.Handler) {
	http.Handle("/debug"+pattern, handler)
}

func register() *hits {
	h := &hits{byPath: make(map[string]int)}
	handle("/hits", h)
	return h
}
