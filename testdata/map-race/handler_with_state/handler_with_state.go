// Package handler_with_state keeps a map in a handler type; the server calls ServeHTTP once a request.
package handler_with_state

import "net/http"

type sessions struct{ byUser map[string]int }

// ServeHTTP logs a user in.
func (s *sessions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.open(r.URL.Query().Get("user"))
}

func (s *sessions) open(user string) {
	s.byUser[user]++ // want "map s.byUser is written by several goroutines at once"
}

func newMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("/login", &sessions{byUser: map[string]int{}}) // step "goroutine"
	return mux
}
