// Package ok_room_for_the_result makes a channel with room for one result in each call or round: who is not waited for any
// more can still end.
package ok_room_for_the_result

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

var errTooLong = errors.New("took too long")

type result struct {
	took time.Duration
	err  error
}

type plan interface {
	execute(ctx context.Context) error
}

type mirror struct{ source, target plan }

func (m *mirror) execute(ctx context.Context, record func(result)) error {
	results := make(chan result, 1)
	targetCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		start := time.Now()
		err := m.target.execute(targetCtx)
		results <- result{time.Since(start), err}
	}()
	start := time.Now()
	err := m.source.execute(ctx)
	took := time.Since(start)
	select {
	case r := <-results:
		record(r)
	case <-time.After(10 * time.Millisecond):
		cancel()
		record(result{took, errTooLong})
	}
	return err
}

type disk struct {
	stalled, writing atomic.Bool
	write            func() error
}

func (d *disk) poll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
			if d.writing.Load() {
				continue
			}
			failed := make(chan error, 1)
			go func() {
				d.writing.Store(true)
				err := d.write()
				d.writing.Store(false)
				failed <- err
			}()
			select {
			case <-time.After(time.Second):
				d.stalled.Store(true)
			case err := <-failed:
				d.stalled.Store(err != nil)
			}
		}
	}
}

func run(ctx context.Context, source, target plan, write func() error) error {
	d := &disk{write: write}
	go d.poll(ctx)
	m := &mirror{source, target}
	return m.execute(ctx, func(r result) { d.stalled.Store(r.err != nil) })
}
