// Package add_in_method starts a method that counts itself; Stop may be through before it has.
package add_in_method

import "sync"

type watcher struct {
	wg   sync.WaitGroup
	stop chan struct{}
}

func newWatcher() *watcher {
	w := &watcher{stop: make(chan struct{})}
	go w.run() // step "a goroutine is started"
	return w
}

func (w *watcher) run() {
	w.wg.Add(1) // want "w.wg.Add runs on the goroutine that it counts"
	defer w.wg.Done()
	<-w.stop
}

func (w *watcher) Stop() {
	close(w.stop)
	w.wg.Wait() // step "may have passed by then"
}

var _ = newWatcher
