// Package ok_semaphore uses a channel as a semaphore: what does not get in is told so (idiom B3).
package ok_semaphore

import (
	"errors"
	"net/http"
)

var errBusy = errors.New("busy")

type slot struct{ path string }

type limiter struct{ slots chan slot }

func (l *limiter) do(path string, f func()) error {
	select {
	case l.slots <- slot{path}:
	default:
		return errBusy
	}
	defer func() { <-l.slots }()
	f()
	return nil
}

func serve(mux *http.ServeMux, f func()) {
	l := &limiter{slots: make(chan slot, 2)}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := l.do(r.URL.Path, f); err != nil {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
}
