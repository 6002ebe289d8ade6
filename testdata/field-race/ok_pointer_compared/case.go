// Package ok_pointer_compared looks whether there is an object, whose counters others set atomically.
package ok_pointer_compared

import "sync/atomic"

type cluster struct {
	last int64
	name string
}

type server struct {
	cluster *cluster
}

func serve(names []string) (*server, <-chan string) {
	s := &server{cluster: &cluster{}}
	out := make(chan string, len(names))
	go s.stream(names, out)
	return s, out
}

func (s *server) stream(names []string, out chan<- string) {
	defer close(out)
	for _, name := range names {
		if s.isClustered() {
			out <- name
		}
	}
}

func (s *server) isClustered() bool { return s.cluster != nil }

func (s *server) Snapshot(at int64) {
	if c := s.cluster; c != nil {
		atomic.StoreInt64(&c.last, at)
	}
}
