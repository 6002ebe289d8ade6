// Package asks_the_number decides on one of several actions by the number of the error, among which that of the limit
// is not.
package asks_the_number

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
		case errDiskFull, errLockWait:
			return true
		default:
			return false // step "because of what this test says of it"
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
	return fail // step "because of what this test says of it"
}

type source struct{ run func(sql string, row func(string) error) error }

func (s *source) rows(ms int, row func(string) error) error {
	return s.run(fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ * from t", ms), row) // step "MAX_EXECUTION_TIME"
}

func shouldRetry(err error) (retry, other bool) {
	switch actionAfter(err) {
	case again:
		return true, false
	case elsewhere:
		return true, true
	case fail:
		return false, false // want "MySQL error 3024 .* is expected here"
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
