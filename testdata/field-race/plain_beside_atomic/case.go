// Package plain_beside_atomic resets a counter without sync/atomic, which everybody else uses for it.
package plain_beside_atomic

import (
	"sync"
	"sync/atomic"
)

type meter struct {
	calls  int64
	failed int64
	peak   int64
	epoch  uint32
	mu     sync.Mutex
	turns  int32
	total  int64
	ticks  int64
	next   uint32
	shown  uint32
}

func (m *meter) done(failed bool) {
	atomic.AddInt64(&m.calls, 1)
	if failed {
		atomic.AddInt64(&m.failed, 1)
	}
}

// drain takes the figures of a period.
func (m *meter) drain() (calls, failed int64) {
	calls, failed = atomic.LoadInt64(&m.calls), atomic.SwapInt64(&m.failed, 0)
	m.calls = 0 // want "field plain_beside_atomic.meter.calls is written without sync/atomic"
	return calls, failed
}

// reset is for an object that nobody else has yet.
func reset() *meter {
	m := &meter{}
	m.calls = 0
	atomic.StoreInt64(&m.failed, 0)
	return m
}

// setPeak writes what nobody accesses atomically.
func (m *meter) setPeak() {
	m.peak = atomic.LoadInt64(&m.calls)
}

// advance reads plainly what it then swaps, and so may another goroutine that has just done so.
func (m *meter) advance() bool {
	if m.epoch > 1<<20 { // want "field plain_beside_atomic.meter.epoch is read without sync/atomic"
		return false
	}
	for {
		old := atomic.LoadUint32(&m.epoch)
		if atomic.CompareAndSwapUint32(&m.epoch, old, old+1) {
			return true
		}
	}
}

// tick is run by one goroutine alone, which need not load what it has stored.
func (m *meter) tick() int64 {
	before := m.ticks
	atomic.StoreInt64(&m.ticks, before+1)
	return before
}

// turn holds the lock of all who write.
func (m *meter) turn() int32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.turns
	atomic.StoreInt32(&m.turns, old+1)
	return old
}

// sum reads what its own goroutines have added, when they are done.
func sum(parts []int64) int64 {
	m := &meter{}
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { atomic.AddInt64(&m.total, part) })
	}
	wg.Wait()
	before := m.total
	atomic.AddInt64(&m.total, 1)
	return before
}

// pick reads the turn back, which may by then be another's.
func (m *meter) pick(of []string) string {
	atomic.AddUint32(&m.next, 1)
	return of[m.next%uint32(len(of))] // want "field plain_beside_atomic.meter.next is read without sync/atomic"
}

// show uses what the addition tells.
func (m *meter) show(of []string) string {
	at := atomic.AddUint32(&m.shown, 1)
	return of[at%uint32(len(of))]
}

// spread waits for the goroutines that add.
func (m *meter) spread(parts []int64) int64 {
	var wg sync.WaitGroup
	atomic.AddInt64(&m.total, 1)
	for _, part := range parts {
		wg.Go(func() { atomic.AddInt64(&m.total, part) })
	}
	wg.Wait()
	return m.total
}
