// Package gives_up_soon tells of new leaders, unless its reader is busy for a moment.
package gives_up_soon

import (
	"context"
	"time"
)

type change struct{ group, leader string }

type notifier struct{ changes, repairs chan change }

func (n *notifier) changed(c change) {
	timer := time.NewTimer(10 * time.Millisecond)
	defer timer.Stop()
	select {
	case n.changes <- c: // want "many goroutines send on n.changes, which holds 1"
	case <-timer.C:
	}
}

func (n *notifier) repaired(ctx context.Context, c change) {
	select {
	case n.repairs <- c: // want "many goroutines send on n.repairs, which holds 1"
	case <-time.After(time.Second):
	case <-ctx.Done():
	}
}

func (n *notifier) observe(ctx context.Context, group string, leaders <-chan string) {
	for leader := range leaders {
		n.changed(change{group, leader})
		n.repaired(ctx, change{group, leader})
	}
}

func run(ctx context.Context, groups map[string]chan string, leaders map[string]string) {
	n := &notifier{changes: make(chan change, 1), repairs: make(chan change, 1)}
	for group, of := range groups {
		go n.observe(ctx, group, of)
	}
	for {
		select {
		case c := <-n.changes:
			leaders[c.group] = c.leader
		case c := <-n.repairs:
			delete(leaders, c.group)
		case <-ctx.Done():
			return
		}
	}
}
