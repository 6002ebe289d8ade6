// Package gate streams from tablets and tries again; the error of the limit that the tablet sets, two packages away,
// is among none that it tries again after.
package gate

import (
	"fmt"
	"strings"

	"govetpy.test/expected-timeout-is-fatal/hint_in_another_package/status"
	"govetpy.test/expected-timeout-is-fatal/hint_in_another_package/streamer"
)

// Tablet streams rows.
type Tablet interface {
	Stream(table string, send func([]string) error) error
}

var _ Tablet = (*streamer.Rows)(nil)

type stream struct{ ignored []Tablet }

// Copy streams a table to send.
func Copy(e streamer.Engine, table string, send func([]string) error) error {
	s := &stream{}
	return s.fromTablet(&streamer.Rows{Engine: e}, table, send)
}

func (s *stream) fromTablet(t Tablet, table string, send func([]string) error) error {
	errCount := 0
	for {
		err := t.Stream(table, func(row []string) error {
			errCount = 0
			return send(row)
		})
		if err == nil {
			return nil
		}
		retry, ignore := s.shouldRetry(err)
		if !retry {
			return fmt.Errorf("stream of %s: %w", table, err)
		}
		if ignore {
			s.ignored = append(s.ignored, t)
		}
		errCount++
		if errCount >= 3 {
			return fmt.Errorf("giving up on %s: %w", table, err)
		}
	}
}

func (s *stream) shouldRetry(err error) (retry, ignore bool) {
	c := status.Of(err)
	if c == status.FailedPrecondition || c == status.Unavailable {
		return true, false
	}
	if c == status.InvalidArgument && strings.Contains(err.Error(), "set mismatch") {
		return true, true
	}
	return false, false // want "MySQL error 3024 .* is expected here"
}
