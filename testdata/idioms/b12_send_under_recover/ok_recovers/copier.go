// Package ok_recovers sends in hooks on a channel that its owner may have closed by then: the hook recovers.
package ok_recovers

import (
	"context"
	"log"
	"sync"
)

type result struct{ rows int }

type hooks struct {
	funcs []func(context.Context, *result)
}

func (h *hooks) do(f func(context.Context, *result)) { h.funcs = append(h.funcs, f) }

func (h *hooks) notify(ctx context.Context, r *result) {
	for _, f := range h.funcs {
		f(ctx, r)
	}
}

func (h *hooks) sendTo(c chan<- *result) {
	h.do(func(ctx context.Context, r *result) {
		defer func() {
			if err := recover(); err != nil {
				log.Print("nobody waits for ", r, ": ", err)
			}
		}()
		select {
		case c <- r:
		case <-ctx.Done():
		}
	})
}

func copyAll(ctx context.Context, tables []string, limit int) int {
	results := make(chan *result, 1)
	defer close(results)
	var wg sync.WaitGroup
	for range tables {
		h := &hooks{}
		h.sendTo(results)
		wg.Go(func() { h.notify(ctx, &result{1}) })
	}
	rows := 0
	for range tables {
		select {
		case r := <-results:
			rows += r.rows
		case <-ctx.Done():
			return rows
		}
		if rows > limit {
			return rows
		}
	}
	wg.Wait()
	return rows
}
