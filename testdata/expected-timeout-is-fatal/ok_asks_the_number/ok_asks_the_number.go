// Package ok_asks_the_number decides on one of several actions by the number of the error, among which is that of the limit.
package ok_asks_the_number

import (
	"errors"
	"fmt"
)

type number uint16

const (
	errDiskFull     number = 1021
	errLockWait     number = 1205
	errQueryTimeout number = 3024
)

type action int

const (
	fail action = iota
	again
	elsewhere
)

type serverError struct {
	num  number
	text string
}

func (e *serverError) Error() string { return e.text }

func (e *serverError) Number() number { return e.num }

var errGone = errors.New("gone")

func passing(err error) bool {
	if server, ok := err.(*serverError); ok {
		switch server.Number() {
		case errDiskFull, errLockWait, errQueryTimeout:
			return true
		default:
			return false
		}
	}
	return true
}

func actionAfter(err error) action {
	if errors.Is(err, errGone) {
		return elsewhere
	}
	if passing(err) {
		return again
	}
	return fail
}

type source struct{ run func(sql string, row func(string) error) error }

func (s *source) rows(ms int, row func(string) error) error {
	return s.run(fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ * from t", ms), row)
}

func shouldRetry(err error) (retry, other bool) {
	switch actionAfter(err) {
	case again:
		return true, false
	case elsewhere:
		return true, true
	case fail:
		return false, false
	default:
		return true, false
	}
}

func copyAll(sources []*source, row func(string) error) error {
	next := 0
	for {
		err := sources[next].rows(1000, func(one string) error { return row(one) })
		if err == nil {
			return nil
		}
		retry, other := shouldRetry(err)
		if !retry {
			return fmt.Errorf("copy: %w", err)
		}
		if other {
			next = (next + 1) % len(sources)
		}
	}
}

// Only errors of another type are final: what the limit ends is none of them.
type shapeError struct{ offset int }

func (e *shapeError) Error() string { return "shape" }

func fits(err error) bool {
	var shape *shapeError
	if !errors.As(err, &shape) {
		return true
	}
	return shape.offset == 3
}

func copyFitting(from *source, row func(string) error) error {
	for {
		err := from.rows(1000, func(one string) error { return row(one) })
		if err == nil || !fits(err) {
			return err
		}
	}
}
