// Package ok_outlives keeps the context, or what is made with it, beyond the call.
package ok_outlives

import (
	"context"
	"net"
)

type poller struct {
	cancel context.CancelFunc
	conn   net.Conn
	ticks  chan struct{}
}

func (p *poller) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.ticks:
		}
	}
}

func (p *poller) open(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	life, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	go p.loop(life)
	return nil
}

func (p *poller) close() { p.cancel() }

func (p *poller) connect(ctx context.Context, address string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var d net.Dialer
	conn, err := d.DialContext(context.Background(), "tcp", address)
	p.conn = conn
	return err
}

func (p *poller) later(ctx context.Context, wait func(context.Context) error) error {
	go func() { _ = p.watch(context.Background()) }()
	return wait(ctx)
}

func (p *poller) watch(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}
