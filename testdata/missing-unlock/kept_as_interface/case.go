// Package kept_as_interface keeps what must be given back in a variable that does not even have the method for it.
package kept_as_interface

import "errors"

type session struct{ open bool }

func (s *session) Close() { s.open = false }

func (s *session) run(command string) error {
	if command == "" {
		return s.fail(errors.New("empty"))
	}
	return nil
}

// fail closes the session only on the way to an error.
func (s *session) fail(err error) error {
	s.Close()
	return err
}

type server struct{ shared *session }

func (s *server) dial() (*session, error) {
	if s.shared != nil {
		return nil, errors.New("one is enough")
	}
	return &session{open: true}, nil
}

type runner interface{ run(command string) error }

func version(s *server) error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.run("version")
}

func users(s *server) error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.run("users")
}

func tables(s *server) error {
	c, err := s.dial()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.run("tables")
}

func stop(s *server) (err error) {
	var by runner
	if s.shared != nil {
		by = s.shared
	} else {
		by, err = s.dial() // want "by of s.dial is not given back .Close. on a path on which stop returns, unlike in 3 of 4 callers"
		if err != nil {
			return err
		}
	}
	return by.run("stop")
}
