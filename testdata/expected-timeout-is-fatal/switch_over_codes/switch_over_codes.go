// Package switch_over_codes classifies by a switch whose default is final, through an interface.
package switch_over_codes

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

type copier interface {
	rows(each func(string) error) error
}

type tablet struct{}

func (tablet) rows(each func(string) error) error { return copyRows(time.Minute, each) }

type decision struct{}

func (decision) again(err error) (bool, string) {
	switch codeOf(err) {
	case unavailable:
		return true, "down"
	case failedPrecondition:
		return true, "not ready"
	}
	return false, "final" // want "MySQL error 3024"
}

func stream(c copier, each func(string) error) error {
	var d decision
	for tries := 0; ; tries++ {
		err := c.rows(func(row string) error { return each(row) })
		again, _ := d.again(err)
		if !again {
			return fmt.Errorf("copy: %w", err)
		}
		if tries > 3 {
			return err
		}
	}
}

func run() error { return stream(tablet{}, func(string) error { return nil }) }
