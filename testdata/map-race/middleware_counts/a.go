// Package middleware_counts wraps handlers in functions that keep a map of their own.
package middleware_counts

import (
	"net/http"
	"sync"
)

func counted(next http.Handler) http.Handler {
	hits := make(map[string]int)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want "map hits is written by several goroutines at once"
		next.ServeHTTP(w, r)
	})
}

func limited(most int, next http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	running := make(map[string]int)
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		full := running[r.Method] >= most
		running[r.Method]++
		mu.Unlock()
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			running[r.Method]--
		}()
		if full {
			http.Error(w, "busy", http.StatusTooManyRequests)
			return
		}
		next(w, r)
	}
}

func Serve() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/slow", limited(3, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	}))
	all := http.NewServeMux()
	all.Handle("/", counted(mux))
	return all
}
