// Package ok_guarded decides about the close by a flag, nil, a select or sync.Once.
package ok_guarded

import "sync"

type door struct {
	mu     sync.Mutex
	once   sync.Once
	opened chan struct{}
	closed bool
}

func (d *door) byOnce(times int) {
	for range times {
		d.once.Do(func() { close(d.opened) })
	}
}

func (d *door) byNil(times int) {
	for range times {
		if d.opened != nil {
			close(d.opened)
			d.opened = nil
		}
	}
}

func (d *door) byFlag(times int) {
	for range times {
		d.mu.Lock()
		if !d.closed {
			d.closed = true
			close(d.opened)
		}
		d.mu.Unlock()
	}
}
