// Package numbers_without_it tries again after certain MySQL errors, among which the number of the limit is not.
package numbers_without_it

import (
	"errors"
	"fmt"
	"time"
)

type sqlError struct {
	num  int
	text string
}

func (e *sqlError) Error() string { return e.text }

const (
	lockWaitTimeout = 1205
	lockDeadlock    = 1213
	serverGone      = 2006
)

func ephemeral(err error) bool {
	var e *sqlError
	if !errors.As(err, &e) {
		return false
	}
	switch e.num {
	case lockWaitTimeout, lockDeadlock, serverGone:
		return true
	}
	return false // want "MySQL error 3024 .* is expected here"
}

type conn struct {
	exec func(query string, each func(string) error) error
}

func (c *conn) pass(limit time.Duration, each func(string) error) error {
	hint := fmt.Sprintf("/*+ MAX_EXECUTION_TIME(%d) */", limit.Milliseconds()) // step "MAX_EXECUTION_TIME"
	return c.exec("select "+hint+" id from t", each)
}

func copyTable(c *conn, each func(string) error) error {
	for {
		err := c.pass(time.Minute, func(row string) error { return each(row) })
		if err == nil {
			return nil
		}
		if !ephemeral(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}
