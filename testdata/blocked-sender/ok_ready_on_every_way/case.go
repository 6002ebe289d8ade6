// Package ok_ready_on_every_way lets others go on in any case, tells them why not, or is told to end itself.
package ok_ready_on_every_way

type client struct{ ready chan struct{} }

func start(dial func() (func() string, error)) *client {
	c := &client{ready: make(chan struct{})}
	go c.run(dial)
	return c
}

func (c *client) run(dial func() (func() string, error)) {
	defer close(c.ready)
	next, err := dial()
	if err != nil {
		return
	}
	for line := next(); line != ""; line = next() {
		println(line)
	}
}

func (c *client) wait() { <-c.ready }

type teller struct {
	ready  chan struct{}
	failed chan error
}

func begin(dial func() error) *teller {
	t := &teller{ready: make(chan struct{}), failed: make(chan error, 1)}
	go t.run(dial)
	return t
}

func (t *teller) run(dial func() error) {
	if err := dial(); err != nil {
		t.failed <- err
		return
	}
	close(t.ready)
}

func (t *teller) wait() error {
	select {
	case <-t.ready:
		return nil
	case err := <-t.failed:
		return err
	}
}

func (t *teller) afterFirst() { <-t.ready }

type stoppable struct{ stop, ready chan struct{} }

func open(dial func()) *stoppable {
	s := &stoppable{stop: make(chan struct{}), ready: make(chan struct{})}
	go s.run(dial)
	return s
}

func (s *stoppable) run(dial func()) {
	select {
	case <-s.stop:
		return
	default:
		dial()
	}
	close(s.ready)
}

func (s *stoppable) wait() { <-s.ready }

func (s *stoppable) end() { close(s.stop) }
