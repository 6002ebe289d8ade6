// Package ok_common_mark has a mark that whoever closes sets, and whoever may close again asks for.
package ok_common_mark

import (
	"sync"
	"sync/atomic"
)

type feed struct {
	read func() error
	lost func()
}

func (f *feed) run() {
	for f.read() == nil {
	}
	f.lost()
}

type follower struct {
	feed *feed
	gone chan struct{}

	mu    sync.Mutex
	begun bool
}

func follow(read func() error) *follower {
	f := &follower{gone: make(chan struct{})}
	f.feed = &feed{read: read, lost: f.disconnected}
	return f
}

func (f *follower) Start() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begun = true
	go f.feed.run()
}

func (f *follower) disconnected() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun {
		f.begun = false
		close(f.gone)
	}
}

func (f *follower) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.begun {
		return
	}
	f.begun = false
	close(f.gone)
}

type beat struct {
	over  chan struct{}
	ended atomic.Bool
}

func (b *beat) Start(send func() error) {
	go func() {
		for send() == nil {
		}
		b.ended.Store(true)
		close(b.over)
	}()
}

func (b *beat) Close() {
	if b.ended.Load() {
		return
	}
	close(b.over)
}
