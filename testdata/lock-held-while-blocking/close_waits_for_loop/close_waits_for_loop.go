// Package close_waits_for_loop stops a poller under the mutex that each poll takes.
package close_waits_for_loop

import (
	"context"
	"sync"
	"time"
)

type poller struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	cancel context.CancelFunc
	seen   int
}

func (p *poller) open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.wg.Add(1)
	go p.loop(ctx)
}

func (p *poller) loop(ctx context.Context) {
	defer p.wg.Done() // step "only after that is done with p.wg"
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.poll() // step "calls p.poll"
		}
	}
}

func (p *poller) poll() {
	p.mu.Lock() // step "waits for close_waits_for_loop.poller.mu"
	defer p.mu.Unlock()
	p.seen++
}

func (p *poller) close() {
	p.mu.Lock() // step "takes close_waits_for_loop.poller.mu"
	defer p.mu.Unlock()
	p.cancel()
	p.wg.Wait() // want "poller.mu is held while poller.close waits for p.wg, but poller.loop needs"
}

func run() {
	p := &poller{}
	p.open()
	p.close()
}
