// Package ok_unlocked_around_wait releases its caller's lock around a wait and takes it back.
package ok_unlocked_around_wait

import "sync"

type watcher struct {
	mu	sync.Mutex
	ready bool
}

func (w *watcher) waitLocked(tick <-chan bool) bool {
	for !w.ready {
		w.mu.Unlock()
		_, open := <-tick
		w.mu.Lock()
		if !open {
			return false
		}
	}
	return true
}

func (w *watcher) wait(tick <-chan bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.waitLocked(tick)
}
