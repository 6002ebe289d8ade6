// Package started_for_each_request starts a goroutine that outlives the request, and is started again by the next.
package started_for_each_request

import (
	"net/http"
	"sync"
)

type mirror struct {
	wg     sync.WaitGroup
	copied map[string]int
}

func (m *mirror) handle(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	m.wg.Add(1)
	go func() { // step "goroutine"
		defer m.wg.Done()
		m.copied[path]++ // want "map m.copied is written by several goroutines at once"
	}()
}

func newMirror(mux *http.ServeMux) *mirror {
	m := &mirror{copied: map[string]int{}}
	mux.HandleFunc("/copy", m.handle)
	return m
}
