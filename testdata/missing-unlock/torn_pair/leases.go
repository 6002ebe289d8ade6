// Package torn_pair gives a lease back on one way on which it fails, and forgets it on another.
package torn_pair

import "errors"

type lease struct {
	from  *store
	valid bool
}

func (l *lease) Return() { l.from.idle <- l }

func (l *lease) spoil() {
	l.valid = false
	l.Return()
}

func (l *lease) try(what string) error {
	if what == "" {
		return errors.New("nothing to try")
	}
	return nil
}

type store struct {
	idle chan *lease
	out  []*lease
}

func (s *store) borrow() (*lease, error) {
	l, open := <-s.idle
	if !open {
		return nil, errors.New("closed")
	}
	return l, nil
}

func prepared(l *lease, steps []string) error {
	for _, step := range steps {
		if err := l.try(step); err != nil {
			return err
		}
	}
	return nil
}

func begin(s *store, steps []string) error {
	l, err := s.borrow() // want "l of s.borrow is not given back .Return. on a path on which begin returns, unlike on other ways on which it fails"
	if err != nil {
		return err
	}
	if err := prepared(l, steps); err != nil {
		return err
	}
	if err := l.try("begin"); err != nil {
		l.spoil()
		return err
	}
	s.out = append(s.out, l)
	return nil
}

func started(s *store, steps []string) (err error) {
	l, err := s.borrow()
	if err != nil {
		return err
	}
	if len(steps) == 0 {
		l.Return()
		return errors.New("no steps")
	}
	if err := prepared(l, steps); err != nil {
		l.spoil()
		return err
	}
	s.out = append(s.out, l)
	return nil
}

func once(s *store, step string) error {
	l, err := s.borrow()
	if err != nil {
		return err
	}
	err = l.try(step)
	l.Return()
	return err
}

func kept(s *store, step string) error {
	l, err := s.borrow()
	if err != nil {
		return err
	}
	if !l.valid {
		s.out = append(s.out, l)
		return errors.New("kept")
	}
	if err := l.try(step); err != nil {
		l.Return()
		return err
	}
	l.Return()
	return nil
}
