// Package ok_handlers_lock locks in every handler that uses the package map (idiom C19).
package ok_handlers_lock

import (
	"fmt"
	"net/http"
	"sync"
)

var visits = struct {
	sync.Mutex
	byPath map[string]int
}{byPath: map[string]int{}}

func count(w http.ResponseWriter, r *http.Request) {
	visits.Lock()
	defer visits.Unlock()
	visits.byPath[r.URL.Path]++
}

func show(w http.ResponseWriter, r *http.Request) {
	visits.Lock()
	defer visits.Unlock()
	for path, n := range visits.byPath {
		fmt.Fprintln(w, path, n)
	}
}

func register(mux *http.ServeMux) {
	mux.HandleFunc("/", count)
	mux.HandleFunc("/show", show)
}
