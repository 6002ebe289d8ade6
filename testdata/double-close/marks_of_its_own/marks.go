// Package marks_of_its_own has methods that end an object once, as far as they know: the object's goroutine closes too.
package marks_of_its_own

import (
	"errors"
	"sync"
	"sync/atomic"
)

var errEnded = errors.New("ended")

type feed struct {
	read func() error
	lost func()
}

func (f *feed) run() {
	for {
		if f.read() != nil {
			f.lost()
			return
		}
	}
}

type follower struct {
	feed *feed
	gone chan struct{}

	mu      sync.Mutex
	begun   bool
	stopped bool
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
	close(f.gone) // step "and closed again"
}

func (f *follower) Stop() error {
	f.mu.Lock()
	if !f.begun || f.stopped {
		f.mu.Unlock()
		return errEnded
	}
	f.stopped = true
	f.mu.Unlock()
	close(f.gone) // want "f.gone may be closed twice: a goroutine that ends by itself has closed it before"
	return nil
}

type beat struct {
	over  chan struct{}
	ended atomic.Bool
}

func (b *beat) Start(send func() error) {
	go func() {
		defer close(b.over)
		for send() == nil {
		}
	}()
}

func (b *beat) Close() {
	if b.ended.Swap(true) {
		return
	}
	close(b.over) // want "b.over may be closed twice"
}
