// Package ok_handle_kept keeps what ends its goroutines, or leaves it to somebody else.
package ok_handle_kept

import (
	"context"
	"time"
)

type probe struct {
	ctx    context.Context
	cancel context.CancelFunc
}

var known []*probe

// newProbe keeps all probes in a list.
func newProbe() *probe {
	p := &probe{}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	known = append(known, p)
	go p.loop()
	return p
}

// newProbeOf ends with the context of its caller.
func newProbeOf(ctx context.Context) *probe {
	p := &probe{}
	p.ctx, p.cancel = context.WithCancel(ctx)
	go p.loop()
	return p
}

func (p *probe) loop() {
	for p.ctx.Err() == nil {
		select {
		case <-p.ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (p *probe) Stop() { p.cancel() }

// once ends by itself.
type once struct{ done chan struct{} }

func (o *once) Close() { close(o.done) }

func runOnce(work func()) *once {
	o := &once{done: make(chan struct{})}
	go func() {
		select {
		case <-o.done:
		default:
			work()
		}
	}()
	return o
}

type queue struct{ quit chan struct{} }

func newQueue() *queue {
	q := &queue{quit: make(chan struct{})}
	go q.run()
	return q
}

func (q *queue) run()   { <-q.quit }
func (q *queue) Close() { close(q.quit) }

// until gives what ends it to a function that will.
func until(ctx context.Context) {
	q := newQueue()
	context.AfterFunc(ctx, q.Close)
}

func deferred() {
	q := newQueue()
	defer q.Close()
}

type owner struct{ q *queue }

func (o *owner) open() { o.q = newQueue() }

func all(ctx context.Context, work func()) {
	newProbe()
	newProbeOf(ctx)
	runOnce(work)
	until(ctx)
	deferred()
	(&owner{}).open()
}

func init() { newQueue() }

var _ = all
