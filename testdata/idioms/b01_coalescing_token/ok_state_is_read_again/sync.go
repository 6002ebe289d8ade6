// Package ok_state_is_read_again wakes a loop by a token that may be dropped: one is pending then, and the loop reads the
// state itself.
package ok_state_is_read_again

import (
	"context"
	"sync"
	"time"
)

type manager struct {
	mu     sync.Mutex
	kind   string
	wake   chan struct{}
	done   chan struct{}
	cancel context.CancelFunc
}

func (m *manager) start(push func(kind string) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.wake = make(chan struct{}, 1)
	m.done = make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	go m.loop(ctx, m.wake, m.done, push)
	go m.notify()
}

func (m *manager) loop(ctx context.Context, wake <-chan struct{}, done chan<- struct{}, push func(string) error) {
	defer close(done)
	var retry <-chan time.Time
	for {
		select {
		case <-wake:
		case <-retry:
		case <-ctx.Done():
			return
		}
		retry = nil
		if err := push(m.current()); err != nil {
			retry = time.After(time.Second)
		}
	}
}

func (m *manager) current() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.kind
}

func (m *manager) change(kind string) {
	m.mu.Lock()
	m.kind = kind
	m.mu.Unlock()
	m.notify()
}

func (m *manager) notify() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.wake == nil {
		return
	}
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

func (m *manager) stop() {
	var done <-chan struct{}
	m.mu.Lock()
	if m.cancel != nil {
		m.cancel()
	}
	done = m.done
	m.mu.Unlock()
	if done != nil {
		<-done
	}
}

func run(kinds []string, push func(string) error) {
	m := &manager{}
	m.start(push)
	defer m.stop()
	var wg sync.WaitGroup
	for _, kind := range kinds {
		wg.Go(func() { m.change(kind) })
	}
	wg.Wait()
}
