// Package ok_knows_the_number knows the number of the expected error.
package ok_knows_the_number

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

type numbered struct{ num int }

func (numbered) Error() string { return "numbered" }

const queryTimeout = 3024

func ephemeral(err error) bool {
	var n numbered
	if !errors.As(err, &n) {
		return false
	}
	switch n.num {
	case queryTimeout, 1205:
		return true
	}
	return false
}

func retryable(err error) bool {
	c := codeOf(err)
	return c == unavailable || ephemeral(err)
}

func stream(each func(string) error) error {
	for {
		err := copyRows(time.Minute, func(row string) error { return each(row) })
		if !retryable(err) {
			return err
		}
	}
}
