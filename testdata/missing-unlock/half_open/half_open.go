// Package half_open fails to open with a part already open, which the object's Close then passes over.
package half_open

import (
	"context"
	"errors"
	"sync"
)

var errNone = errors.New("nothing there")

type pool struct{ size int }

func (p *pool) Open(size int) { p.size = size }
func (p *pool) Close()        { p.size = 0 }

type feed struct{ running bool }

func (f *feed) Start() error {
	if f.running {
		return errNone
	}
	f.running = true
	return nil
}

func (f *feed) Stop() { f.running = false }

type catalog struct {
	mu    sync.Mutex
	open  bool
	conns *pool
	names map[string]int
}

func (c *catalog) Open(load func() (map[string]int, error)) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open {
		return nil
	}
	c.conns.Open(4) // step "c.conns is opened"
	if c.names, err = load(); err != nil {
		return err // want "c.conns stays open where catalog.Open fails: catalog.Close passes it over without open"
	}
	c.open = true
	return nil
}

func (c *catalog) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return
	}
	c.conns.Close()
	c.open = false
}

type watcher struct {
	feed   feed
	cancel context.CancelFunc
}

func (w *watcher) init(ctx context.Context, check func(context.Context) error) error {
	if w.cancel != nil {
		return nil
	}
	if err := w.feed.Start(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	if err := check(ctx); err != nil {
		cancel()
		return err // want "w.feed stays open where watcher.init fails: watcher.shutdown passes it over without cancel"
	}
	w.cancel = cancel
	return nil
}

func (w *watcher) shutdown() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
		w.feed.Stop()
	}
}

var _, _ = (*watcher).init, (*watcher).shutdown
