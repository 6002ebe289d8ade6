// Package handler_behind_prefix counts in a handler that is registered with its prefix stripped: it serves many.
package handler_behind_prefix

import "net/http"

type visits struct {
	byPath map[string]int
}

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.byPath[r.URL.Path]++ // want "map v.byPath is written by several goroutines at once"
}

func bad() http.Handler {
	v := &visits{byPath: map[string]int{}}
	return http.StripPrefix("/app", v) // step "goroutine"
}
