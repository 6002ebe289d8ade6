// Package break_in_the_middle means to break out of the loop, and goes on below the select.
package break_in_the_middle

import (
	"context"
	"errors"
)

var errNobody = errors.New("nobody has it")

type job struct {
	ctx context.Context
	err error
}

func (j *job) failed(err error) { j.err = err }

func (j *job) fetch(from []func() ([]byte, error), keep func([]byte)) {
	for {
		select {
		case <-j.ctx.Done(): // want "when j.ctx is done this branch breaks out of the select only: the loop goes on"
			j.failed(j.ctx.Err())
			break
		default:
		}
		if len(from) == 0 {
			j.failed(errNobody)
			break
		}
		data, err := from[0]()
		from = from[1:]
		if err != nil {
			continue
		}
		keep(data)
		break
	}
}

func each(ctx context.Context, items []string, results <-chan string, handle func(item, result string) error) error {
	for _, item := range items {
		result := ""
		select {
		case result = <-results:
		case <-ctx.Done(): // want "when ctx is done this branch breaks out of the select only"
			if item != "" {
				break
			}
			return ctx.Err()
		}
		if err := handle(item, result); err != nil {
			return err
		}
	}
	return nil
}

var _, _ = (*job).fetch, each
