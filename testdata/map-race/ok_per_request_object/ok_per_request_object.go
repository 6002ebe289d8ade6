// Package ok_per_request_object makes the object with the map in the handler, for each request (idiom C21).
package ok_per_request_object

import (
	"fmt"
	"net/http"
)

type executor struct {
	vars  map[string]string
	limit int
}

func newExecutor(limit int) *executor {
	return &executor{vars: make(map[string]string), limit: limit}
}

func (e *executor) execute(query string) int {
	e.vars["query"] = query
	e.addLimit()
	return len(e.vars)
}

func (e *executor) addLimit() { e.vars["limit"] = fmt.Sprint(e.limit) }

type server struct{ limit int }

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, newExecutor(s.limit).execute(r.URL.RawQuery))
}

func register(mux *http.ServeMux) {
	s := &server{limit: 10}
	mux.HandleFunc("/query", s.handle)
}
