// Package each_request_closes ends the server once for each request to do so.
package each_request_closes

import (
	"net/http"
	"sync"
)

type server struct {
	quit, drained chan struct{}
	once          sync.Once
	jobs          chan chan struct{}
}

func (s *server) end(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	close(s.quit) // want "s.quit may be closed while another goroutine closes it too"
}

func (s *server) drain(w http.ResponseWriter, r *http.Request) {
	s.once.Do(func() { close(s.drained) })
}

func (s *server) work(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	s.jobs <- done
	close(done)
}

func run() {
	s := &server{quit: make(chan struct{}), drained: make(chan struct{}), jobs: make(chan chan struct{}, 1)}
	http.HandleFunc("/quit", s.end)
	http.HandleFunc("/drain", s.drain)
	http.HandleFunc("/work", s.work)
	go func() {
		_ = http.ListenAndServe(":8080", nil)
	}()
	<-s.quit
}
