// Package ok_channel_taken_away forgets what it has closed, or is asked by a mark that somebody sets.
package ok_channel_taken_away

import "sync"

type valve struct {
	mu   sync.Mutex
	shut bool
	stop chan struct{}
	done chan struct{}
	once chan struct{}
}

func (v *valve) start() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.stop = make(chan struct{})
	v.done = make(chan struct{})
}

func (v *valve) Halt() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.stop != nil {
		close(v.stop)
		v.stop = nil
	}
}

func (v *valve) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.shut {
		return
	}
	v.shut = true
	v.finish()
}

func (v *valve) finish() {
	if v.done != nil {
		close(v.done)
	}
}

// end is called once only, as those who call it know: no lock, and the channel is there from the start.
func (v *valve) end(early bool) {
	if early && v.once != nil {
		close(v.once)
	}
}

func fresh() *valve { return &valve{once: make(chan struct{})} }
