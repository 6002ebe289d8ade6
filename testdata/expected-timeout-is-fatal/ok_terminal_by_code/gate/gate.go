// Package gate ends a stream after certain codes only and asks for the number otherwise: the fixed twin of
// hint_in_another_package.
package gate

import (
	"errors"
	"fmt"
	"strings"

	"govetpy.test/expected-timeout-is-fatal/ok_terminal_by_code/streamer"
)

type coded interface{ Code() string }

type numbered interface{ Num() int }

func codeOf(err error) string {
	var c coded
	if errors.As(err, &c) {
		return c.Code()
	}
	return "unknown"
}

func ephemeral(err error) bool {
	var n numbered
	if !errors.As(err, &n) {
		return true
	}
	switch n.Num() {
	case streamer.QueryTimeout, streamer.LockWait:
		return true
	}
	return false
}

func shouldRetry(err error) (retry, ignore bool) {
	switch codeOf(err) {
	case "invalid_argument":
		return strings.Contains(err.Error(), "set mismatch"), true
	case "internal":
		return false, false
	}
	return ephemeral(err), false
}

// Copy streams a table to send.
func Copy(r *streamer.Rows, table string, send func(string) error) error {
	for {
		err := r.Stream(table, func(row string) error { return send(row) })
		if err == nil {
			return nil
		}
		if retry, _ := shouldRetry(err); !retry {
			return fmt.Errorf("stream of %s: %w", table, err)
		}
	}
}
