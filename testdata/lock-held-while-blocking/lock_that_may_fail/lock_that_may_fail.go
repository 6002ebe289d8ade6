// Package lock_that_may_fail holds an action lock, taken by a method that can fail, while it joins a checker that
// takes it in the same way.
package lock_that_may_fail

import (
	"context"
	"sync"
)

type manager struct {
	action sync.Mutex
	stopc  chan struct{}
	donec  chan struct{}
}

func (m *manager) lock(ctx context.Context) error {
	m.action.Lock() // step "waits for lock_that_may_fail.manager.action"
	if err := ctx.Err(); err != nil {
		m.action.Unlock()
		return err
	}
	return nil
}

func (m *manager) unlock() { m.action.Unlock() }

func (m *manager) check(ctx context.Context) {
	defer close(m.donec)
	for {
		select {
		case <-m.stopc:
			return
		default:
		}
		if err := m.lock(ctx); err != nil {
			return
		}
		m.unlock()
	}
}

func (m *manager) promote(ctx context.Context) error {
	if err := m.lock(ctx); err != nil {
		return err
	}
	defer m.unlock()
	m.stop() // want "manager.action is held while manager.promote waits for m.donec, but manager.check needs"
	return nil
}

func (m *manager) stop() {
	close(m.stopc)
	<-m.donec
}

func run(ctx context.Context) error {
	m := &manager{stopc: make(chan struct{}), donec: make(chan struct{})}
	go m.check(ctx)
	return m.promote(ctx)
}
