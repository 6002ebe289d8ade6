// Package plain_beside_atomic resets a counter without sync/atomic, which everybody else uses for it.
package plain_beside_atomic

import "sync/atomic"

type meter struct {
	calls  int64
	failed int64
	peak   int64
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
