// Package ok_permit gives permits back wherever it fails, itself or by somebody else.
package ok_permit

import "errors"

var errFull = errors.New("full")

type limiter struct{ left int }

func (l *limiter) Get(user string) bool {
	if l.left == 0 {
		return false
	}
	l.left--
	return true
}

func (l *limiter) Release(user string) { l.left++ }

type cabinet struct{ drawers map[string]int }

// Get and Put are no permits: what is asked for is there or not.
func (c *cabinet) Get(name string) bool { return c.drawers[name] > 0 }
func (c *cabinet) Put(name string)      { c.drawers[name]++ }

type closer interface{ close() }

type room struct {
	desk  *limiter
	files *cabinet
	user  string
}

func (r *room) close() { r.desk.Release(r.user) }

func (r *room) prepare() error {
	if r.user == "" {
		return errors.New("nobody")
	}
	return nil
}

// enter gives it back in a deferred function when it fails.
func (r *room) enter() (err error) {
	if !r.desk.Get(r.user) {
		return errFull
	}
	defer func() {
		if err != nil {
			r.desk.Release(r.user)
		}
	}()
	return r.prepare()
}

// hold leaves it to a closer.
func (r *room) hold(by closer) error {
	if !r.desk.Get(r.user) {
		return errFull
	}
	if err := r.prepare(); err != nil {
		by.close()
		return err
	}
	return nil
}

// file looks into the cabinet.
func (r *room) file(name string) error {
	if !r.files.Get(name) {
		return errors.New("no such file")
	}
	if err := r.prepare(); err != nil {
		return err
	}
	return nil
}

func (r *room) put(name string) { r.files.Put(name) }

// stay tells by its answer whether it has one.
func (r *room) stay() (bool, error) {
	if !r.desk.Get(r.user) {
		return false, nil
	}
	if err := r.prepare(); err != nil {
		return true, err
	}
	return true, nil
}

func open(user string) closer {
	return &room{desk: &limiter{left: 3}, files: &cabinet{drawers: map[string]int{}}, user: user}
}
