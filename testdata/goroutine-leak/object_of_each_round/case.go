// Package object_of_each_round makes a session for each connection, whose history nobody closes.
package object_of_each_round

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
	go s.record(write) // want "this goroutine ends when s.history is closed, which nobody does"
	return s
}

func (s *session) record(write func(string)) {
	for line := range s.history { // step "waits until it is closed"
		write(line)
	}
}

func (s *session) serve() {
	defer s.conn.close()
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
