// Package filled_while_served goes on filling the map that its handler reads when the server is up already.
package filled_while_served

import (
	"net"
	"net/http"
)

type table struct {
	rows map[string]string
}

func (t *table) find(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(t.rows[r.URL.Path]))
}

func bad(listener net.Listener) {
	mux, server := http.NewServeMux(), &http.Server{}
	t := &table{rows: map[string]string{}}
	mux.HandleFunc("/find", t.find) // step "goroutine"
	t.rows["/"] = "root"
	server.Handler = mux
	go func() { _ = server.Serve(listener) }()
	for range 2000 {
		t.rows["/find"] = "here" // want "map t.rows is written while another goroutine may read it"
	}
}
