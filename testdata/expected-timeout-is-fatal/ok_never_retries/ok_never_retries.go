// Package ok_never_retries does not retry at all: every error is final.
package ok_never_retries

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

func stream(each func(string) error) error {
	for range 3 {
		err := copyRows(time.Minute, func(row string) error { return each(row) })
		if err != nil {
			return err
		}
	}
	return nil
}
