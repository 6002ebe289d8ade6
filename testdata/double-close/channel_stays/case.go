// Package channel_stays closes a channel when there is one, and leaves it where it is.
package channel_stays

import "sync"

type valve struct {
	mu   sync.Mutex
	stop chan struct{}
	wake chan struct{}
}

func (v *valve) start() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stop = make(chan struct{})
}

func (v *valve) Halt() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.stop != nil {
		close(v.stop) // want "v.stop may be closed twice"
	}
}

func (v *valve) await() chan struct{} {
	if v.wake == nil {
		v.wake = make(chan struct{})
	}
	return v.wake
}

func (v *valve) rouse() {
	if v.wake != nil {
		close(v.wake) // want "v.wake may be closed twice"
	}
}
