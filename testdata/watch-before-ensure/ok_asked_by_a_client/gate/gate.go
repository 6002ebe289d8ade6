// Package gate reads and watches when a client asks, and tells the client when there is nothing.
package gate

import (
	"errors"
	"fmt"
	"net/http"

	"govetpy.test/watch-before-ensure/ok_asked_by_a_client/topo"
)

type server struct {
	ts   *topo.Server
	cell string
}

func (s *server) show(w http.ResponseWriter, r *http.Request) {
	value, err := s.ts.GetSrvKeyspace(s.cell, r.URL.Query().Get("keyspace"))
	if errors.Is(err, topo.ErrNoNode) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	fmt.Fprintln(w, value)
}

func (s *server) follow(w http.ResponseWriter, r *http.Request) {
	s.ts.WatchSrvVSchema(s.cell, func(value string, err error) { fmt.Fprintln(w, value, err) })
}

// Start starts the gateway.
func Start(ts *topo.Server, mux *http.ServeMux, cell string) {
	s := &server{ts, cell}
	mux.HandleFunc("/show", s.show)
	mux.HandleFunc("/follow", s.follow)
}
