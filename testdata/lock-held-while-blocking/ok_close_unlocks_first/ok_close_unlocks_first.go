// Package ok_close_unlocks_first cancels under the mutex and waits without it.
package ok_close_unlocks_first

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
	defer p.wg.Done()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p.mu.Lock()
			p.seen++
			p.mu.Unlock()
		}
	}
}

func (p *poller) close() {
	p.mu.Lock()
	cancel := p.cancel
	p.mu.Unlock()
	cancel()
	p.wg.Wait()
}

func run() {
	p := &poller{}
	p.open()
	p.close()
}
