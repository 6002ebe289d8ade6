// Package stored_on_success keeps the session when all goes well, and forgets it when not; its siblings close it.
package stored_on_success

import "errors"

type session struct{ open bool }

func (s *session) Close() { s.open = false }

func (s *session) exec(query string) error {
	if query == "" {
		return errors.New("empty")
	}
	return nil
}

type daemon struct{ locked *session }

func (d *daemon) connect() (*session, error) {
	if d.locked != nil {
		return nil, errors.New("locked")
	}
	return &session{open: true}, nil
}

func (d *daemon) read() error {
	s, err := d.connect()
	if err != nil {
		return err
	}
	defer s.Close()
	return s.exec("read")
}

func (d *daemon) write() error {
	s, err := d.connect()
	if err != nil {
		return err
	}
	defer s.Close()
	return s.exec("write")
}

func (d *daemon) remove() error {
	s, err := d.connect()
	if err != nil {
		return err
	}
	defer s.Close()
	return s.exec("remove")
}

func (d *daemon) lock() error {
	s, err := d.connect() // want "s of d.connect is not given back .Close. on a path on which daemon.lock returns"
	if err != nil {
		return err
	}
	if err := s.exec("lock"); err != nil {
		if err := each(s, []string{"a", "b"}); err != nil {
			return err // step "s has not been given back"
		}
	}
	d.locked = s
	return nil
}

func each(s *session, tables []string) error {
	for _, table := range tables {
		if err := s.exec(table); err != nil {
			return err
		}
	}
	return nil
}
