// Package ok_set_before_serving registers a handler first and fills what it reads afterwards: nobody serves it
// yet.
package ok_set_before_serving

import "net/http"

type table struct {
	rows map[string]string
}

func (t *table) find(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(t.rows[r.URL.Path]))
}

func newTable(mux *http.ServeMux) *table {
	t := &table{rows: map[string]string{}}
	mux.HandleFunc("/find", t.find)
	t.rows["/"] = "root"
	return t
}

func ok() *http.ServeMux {
	mux := http.NewServeMux()
	t := newTable(mux)
	t.rows["/find"] = "here"
	return mux
}
