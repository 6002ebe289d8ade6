// Package ok_another_query hints a query of its own, which the loop does not run.
package ok_another_query

import (
	"errors"
	"fmt"
	"time"
)

var errBusy = errors.New("busy")

func exec(sql string, each func(string) error) error { return each(sql) }

func count(limit time.Duration) error {
	sql := fmt.Sprintf("select /*+ MAX_EXECUTION_TIME(%d) */ count(*) from t", limit.Milliseconds())
	return exec(sql, func(string) error { return nil })
}

func rows(each func(string) error) error { return exec("select * from t", each) }

func retryable(err error) bool { return errors.Is(err, errBusy) }

func stream(each func(string) error) error {
	if err := count(time.Second); err != nil {
		return err
	}
	for {
		err := rows(func(row string) error { return each(row) })
		if err == nil || !retryable(err) {
			return err
		}
	}
}
