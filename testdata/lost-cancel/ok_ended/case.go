// Package ok_ended returns where the context has ended by itself.
package ok_ended

import (
	"context"
	"errors"
	"time"
)

func find(parent context.Context, ask func() error) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	for {
		select {
		case <-ctx.Done():
			return errors.New("not found in time")
		default:
			if err := ask(); err != nil {
				continue
			}
			cancel()
			return nil
		}
	}
}

type common struct{ cancel context.CancelFunc }

type runner struct{ common }

func (c *common) end() { c.cancel() }

func newRunner() *runner {
	ctx, cancel := context.WithCancel(context.Background())
	_ = ctx
	r := &runner{}
	r.cancel = cancel
	return r
}

var _ = newRunner
