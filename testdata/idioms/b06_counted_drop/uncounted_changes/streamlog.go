// Package uncounted_changes drops changes of state that find no room, and tells nobody.
package uncounted_changes

import "net/http"

type change struct{ path, state string }

var changes = make(chan *change, 16) // step "capacity 16"

func changed(path, state string) {
	select {
	case changes <- &change{path, state}: // want "many goroutines send on changes, which holds 16"
	default:
	}
}

func apply(states map[string]string) {
	for c := range changes {
		states[c.path] = c.state
	}
}

func serve(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { changed(r.URL.Path, r.Method) })
	apply(map[string]string{})
}
