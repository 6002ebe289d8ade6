// Package allow_list lets the error of a query hint fall through an allow-list.
package allow_list

import (
	"errors"
	"fmt"
	"time"
)

type code int

const (
	unknown code = iota
	unavailable
	failedPrecondition
	invalidArgument
	internal
)

type coded struct {
	code code
	text string
}

func (c *coded) Error() string { return c.text }

func codeOf(err error) code {
	var c *coded
	if errors.As(err, &c) {
		return c.code
	}
	return unknown
}

func query(limit time.Duration) string {
	return fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ * from t", limit.Milliseconds())
}

func exec(sql string, each func(string) error) error { return each(sql) }

func copyRows(limit time.Duration, each func(string) error) error {
	return exec(query(limit), each)
}

func retryable(err error) bool {
	c := codeOf(err)
	if c == unavailable || c == failedPrecondition {
		return true
	}
	return false // want "MySQL error 3024 .* is expected here"
}

func stream(each func(string) error) error {
	for {
		err := copyRows(time.Minute, func(row string) error { return each(row) })
		if !retryable(err) {
			return err // step "ends with the error"
		}
	}
}
