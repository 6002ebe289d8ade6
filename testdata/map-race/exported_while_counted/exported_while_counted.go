// Package exported_while_counted ranges over a map in a debug handler, without the lock of those who count.
package exported_while_counted

import (
	"fmt"
	"net/http"
	"sync"
)

type engine struct {
	statsMu sync.RWMutex
	stats   map[string]int
}

func (e *engine) add(query string) {
	e.statsMu.Lock()
	defer e.statsMu.Unlock()
	e.stats[query]++ // step "writes e.stats"
}

func (e *engine) get(query string) int {
	e.statsMu.RLock()
	defer e.statsMu.RUnlock()
	return e.stats[query]
}

func (e *engine) counts() map[string]int {
	counts := map[string]int{}
	for query, n := range e.stats { // want "map e.stats is read while another goroutine may write it"
		counts[query] = n
	}
	return counts
}

func (e *engine) serve(mux *http.ServeMux) {
	mux.HandleFunc("/query", func(w http.ResponseWriter, r *http.Request) {
		e.add(r.URL.RawQuery)
		fmt.Fprintln(w, e.get(r.URL.RawQuery))
	})
	mux.HandleFunc("/debug", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, e.counts())
	})
}

func newEngine() *engine { return &engine{stats: map[string]int{}} }
