// Package closed_beside_sender leaves a goroutine behind that closes the channel which its caller sends on.
package closed_beside_sender

type watcher struct{ updates chan int }

func newWatcher(updates chan int) *watcher { return &watcher{updates: updates} }

func (w *watcher) run() {
	defer close(w.updates) // want "w.updates may be closed while another goroutine still sends on it"
}

func start() *watcher {
	updates := make(chan int, 1)
	w := newWatcher(updates)
	go w.run()
	return w
}

func publish(n int) {
	w := start()
	w.updates <- n // step "a send on a closed channel panics"
}
