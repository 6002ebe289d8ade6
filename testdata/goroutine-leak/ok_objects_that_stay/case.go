// Package ok_objects_that_stay has objects that close their channels, or are kept as long as the process.
package ok_objects_that_stay

import "sync"

type conn interface {
	next() (string, error)
	close()
}

type session struct {
	conn    conn
	history chan string
}

func newSession(c conn, write func(string)) *session {
	s := &session{conn: c, history: make(chan string, 8)}
	go s.record(write)
	return s
}

func (s *session) record(write func(string)) {
	for line := range s.history {
		write(line)
	}
}

func (s *session) serve() {
	defer s.conn.close()
	defer close(s.history)
	for {
		line, err := s.conn.next()
		if err != nil {
			return
		}
		s.history <- line
	}
}

func serve(accept func() (conn, error), write func(string)) error {
	for {
		c, err := accept()
		if err != nil {
			return err
		}
		go newSession(c, write).serve()
	}
}

type shard struct{ jobs chan func() }

func newShard() *shard {
	s := &shard{jobs: make(chan func())}
	go s.work()
	return s
}

func (s *shard) work() {
	for job := range s.jobs {
		job()
	}
}

type shards struct {
	mu  sync.Mutex
	all []*shard
}

func (s *shards) grow(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range by {
		one := newShard()
		s.all = append(s.all, one)
	}
}

func (s *shards) do(at int, job func()) {
	s.mu.Lock()
	one := s.all[at%len(s.all)]
	s.mu.Unlock()
	one.jobs <- job
}
