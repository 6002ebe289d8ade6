// Package ok_deny_list calls only certain codes final.
package ok_deny_list

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
	switch codeOf(err) {
	case invalidArgument, internal:
		return false
	}
	return true
}

func stream(each func(string) error) error {
	for {
		err := copyRows(time.Minute, func(row string) error { return each(row) })
		if !retryable(err) {
			return err
		}
	}
}
