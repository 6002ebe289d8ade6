// Package ok_free_list puts back what it takes out of channels, or has a reason not to.
package ok_free_list

import "errors"

type pump struct{ on bool }

func (p *pump) start() error {
	if p.on {
		return errors.New("on")
	}
	p.on = true
	return nil
}

func (p *pump) Close() { p.on = false }

type station struct {
	idle chan *pump
	made int
}

func (s *station) put(p *pump) { s.idle <- p }

func (s *station) drop(p *pump) {
	p.Close()
	s.made--
}

// always puts it back when it returns.
func (s *station) always() error {
	p := <-s.idle
	defer func() { s.idle <- p }()
	return p.start()
}

// closed throws away what does not start, and makes another the next time.
func (s *station) closed() (*pump, error) {
	p := <-s.idle
	if p.on {
		s.idle <- p
		return nil, errors.New("busy")
	}
	if err := p.start(); err != nil {
		s.drop(p)
		return nil, err
	}
	return p, nil
}

// helped has a method that puts it back.
func (s *station) helped() error {
	p, ok := <-s.idle
	if !ok {
		return errors.New("closed")
	}
	if err := p.start(); err != nil {
		s.put(p)
		return err
	}
	s.idle <- p
	return nil
}

type task struct {
	ready bool
	name  string
}

type queue struct {
	tasks chan task
	done  []string
}

// next is no pool: a task that is not ready comes again, and one without a name is dropped.
func (q *queue) next() error {
	one := <-q.tasks
	if !one.ready {
		q.tasks <- one
		return errors.New("not ready")
	}
	if one.name == "" {
		return errors.New("no name")
	}
	q.done = append(q.done, one.name)
	return nil
}
