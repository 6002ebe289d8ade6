// Package ok_waits_long gives its reader a minute, tries again, or says what it could not hand over.
package ok_waits_long

import (
	"context"
	"sync/atomic"
	"time"
)

type change struct{ group, leader string }

type notifier struct {
	slow, again, counted, full chan change
	lost                       atomic.Int64
}

func (n *notifier) patiently(c change) {
	select {
	case n.slow <- c:
	case <-time.After(time.Minute):
	}
}

func (n *notifier) untilTaken(c change) {
	for {
		select {
		case n.again <- c:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

func (n *notifier) orTells(c change) {
	select {
	case n.counted <- c:
	case <-time.After(time.Millisecond):
		n.lost.Add(1)
	}
}

func (n *notifier) whenThereIsRoom(ctx context.Context, c change) {
	for len(n.full) == cap(n.full) && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	select {
	case n.full <- c:
	case <-ctx.Done():
	}
}

func (n *notifier) observe(ctx context.Context, group string, leaders <-chan string) {
	for leader := range leaders {
		n.patiently(change{group, leader})
		n.untilTaken(change{group, leader})
		n.orTells(change{group, leader})
		n.whenThereIsRoom(ctx, change{group, leader})
	}
}

func run(ctx context.Context, groups map[string]chan string, leaders map[string]string) {
	n := &notifier{slow: make(chan change, 1), again: make(chan change, 1), counted: make(chan change, 1), full: make(chan change, 1)}
	for group, of := range groups {
		go n.observe(ctx, group, of)
	}
	for {
		var c change
		select {
		case c = <-n.slow:
		case c = <-n.again:
		case c = <-n.counted:
		case c = <-n.full:
		case <-ctx.Done():
			return
		}
		leaders[c.group] = c.leader
	}
}
