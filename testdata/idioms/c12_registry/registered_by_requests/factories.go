// Package registered_by_requests has a registry that init functions fill, and a request that registers late.
package registered_by_requests

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

type factory func(name string) int

var factories = make(map[string]factory)

// Register adds a factory.
func Register(name string, f factory) {
	if factories[name] != nil {
		return
	}
	factories[name] = f // want "map factories is written"
}

func init() { Register("len", func(name string) int { return len(name) }) }

func create(kind, name string) int {
	if f, found := factories[kind]; found {
		return f(name)
	}
	return -1
}

func serve(w http.ResponseWriter, r *http.Request) {
	kind := r.URL.Path
	Register(kind, func(string) int { return 0 })
	w.WriteHeader(200 + min(create(kind, "x"), 1))
}

func newMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", serve)
	return mux
}

func run() {
	mux := newMux()
	var wg sync.WaitGroup
	for _, path := range []string{"/a", "/b", "/c", "/d"} {
		wg.Go(func() { mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil)) })
	}
	wg.Wait()
}
