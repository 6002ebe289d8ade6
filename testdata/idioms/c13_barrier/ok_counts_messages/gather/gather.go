// Package gather waits for goroutines that report on a channel.
package gather

import (
	"context"
	"errors"
)

// Group waits for Count reports.
type Group struct{ Count int }

// Wait cancels at the first error but receives all reports.
func (g Group) Wait(cancel context.CancelFunc, reports <-chan error) error {
	var all []error
	for range g.Count {
		if err := <-reports; err != nil {
			all = append(all, err)
			cancel()
		}
	}
	return errors.Join(all...)
}
