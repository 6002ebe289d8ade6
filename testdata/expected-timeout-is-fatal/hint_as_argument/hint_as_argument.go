// Package hint_as_argument puts the hint into the query that the loop gives to the connection.
package hint_as_argument

import (
	"errors"
	"strconv"
	"time"
)

var errUnavailable = errors.New("unavailable")

type conn interface {
	stream(query string, each func(string) error) error
}

type direct struct{ exec func(string) []string }

func (d *direct) stream(query string, each func(string) error) error {
	for _, row := range d.exec(query) {
		if err := each(row); err != nil {
			return err
		}
	}
	return nil
}

func hinted(limit time.Duration) string {
	ms := strconv.FormatInt(limit.Milliseconds(), 10)
	return "select /*+ MAX_EXECUTION_TIME(" + ms + ") */ id from t" // step "MAX_EXECUTION_TIME"
}

func again(err error) bool {
	if errors.Is(err, errUnavailable) {
		return true
	}
	return false // want "MySQL error 3024 .* is expected here"
}

func copyTable(c conn, each func(string) error) error {
	for {
		err := c.stream(hinted(time.Minute), func(row string) error { return each(row) })
		if err == nil {
			return nil
		}
		if !again(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func run(exec func(string) []string, each func(string) error) error {
	return copyTable(&direct{exec}, each)
}
