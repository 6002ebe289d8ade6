// Package handle_dropped starts goroutines by constructors, and throws away what alone can end them.
package handle_dropped

import (
	"context"
	"errors"
	"time"
)

type probe struct {
	ctx    context.Context
	cancel context.CancelFunc
	check  func(context.Context)
}

func newProbe(every time.Duration, check func(context.Context)) *probe {
	p := &probe{check: check}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.prepare()
	go p.loop(every) // step "a goroutine is started"
	return p
}

func (p *probe) prepare() {
	if p.check == nil {
		p.check = func(context.Context) {}
	}
}

func (p *probe) loop(every time.Duration) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-ticks.C:
			p.check(p.ctx)
		}
	}
}

func (p *probe) Stop() { p.cancel() }

// newSlowProbe hands on what it gets.
func newSlowProbe(check func(context.Context)) *probe { return newProbe(time.Hour, check) }

func ready(check func(context.Context)) bool {
	newSlowProbe(check) // want "starts a goroutine that only probe.Stop ends, and nobody keeps what to call it on"
	return true
}

func blank(check func(context.Context)) {
	_ = newProbe(time.Second, check) // want "only probe.Stop ends"
}

type queue struct {
	items chan string
	quit  chan struct{}
}

var errNone = errors.New("no room")

func openQueue(room int, handle func(string)) (*queue, error) {
	if room == 0 {
		return nil, errNone
	}
	q := &queue{items: make(chan string, room), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case item := <-q.items:
				handle(item)
			case <-q.quit:
				return
			}
		}
	}()
	return q, nil
}

func (q *queue) put(item string) { q.items <- item }
func (q *queue) Close()          { close(q.quit) }

// send uses the queue, but never ends what is behind it.
func send(items []string, handle func(string)) error {
	q, err := openQueue(len(items), handle) // want "only queue.Close ends"
	if err != nil {
		return err
	}
	for _, item := range items {
		q.put(item)
	}
	return nil
}

func test(handle func(string)) bool {
	_, err := openQueue(1, handle) // want "only queue.Close ends"
	return err == nil
}

var _, _, _, _ = ready, blank, send, test
