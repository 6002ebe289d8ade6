// Package ok_handed_on gives the object to somebody who closes it.
package ok_handed_on

type session struct{ done chan struct{} }

type pool struct{ idle []*session }

func (s *session) Close() { close(s.done) }

func (s *session) run() { <-s.done }

func open(check func() error) (*session, error) {
	s := &session{done: make(chan struct{})}
	go s.run()
	if err := check(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func use(check func() error, work func(*session)) error {
	s, err := open(check)
	if err != nil {
		return err
	}
	defer s.Close()
	work(s)
	return nil
}
