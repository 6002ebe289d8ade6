// Package given_up_by_helper looks at what a goroutine sets when a helper has given up waiting for it.
package given_up_by_helper

import (
	"errors"
	"time"
)

var errLate = errors.New("too late")

type task struct {
	done chan struct{}
}

func start(run func()) *task {
	t := &task{done: make(chan struct{})}
	go func() {
		defer close(t.done)
		run()
	}()
	return t
}

func (t *task) within(limit time.Duration) error {
	select {
	case <-t.done:
		return nil
	case <-time.After(limit):
		return errLate
	}
}

func (t *task) soon() error { return t.within(time.Millisecond) }

func isOver(done <-chan struct{}, limit time.Duration) bool {
	select {
	case <-done:
		return true
	case <-time.After(limit):
	}
	return false
}

func byError(ask func() error) error {
	var failed error
	t := start(func() {
		failed = ask() // want "variable failed is written while another goroutine may read it"
	})
	if err := t.soon(); err != nil {
		return errors.Join(err, failed)
	}
	return failed
}

func byAnswer(ask func() error) (failed error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		failed = ask() // want "variable failed is written while another goroutine may write it"
	}()
	if !isOver(done, time.Millisecond) {
		failed = errLate
	}
	return failed
}
