// Package helper_drops sends through a generic helper whose answer nobody looks at.
package helper_drops

import "sync"

type event struct {
	shard   string
	serving bool
}

func trySend[T any](c chan<- T, value T) bool {
	select {
	case c <- value: // want "many goroutines send on c, which holds 10"
		return true
	default:
		return false
	}
}

type watcher struct{ events chan event }

func (w *watcher) follow(shard string) {
	for i := range 100 {
		trySend(w.events, event{shard, i%2 == 0})
	}
}

func run(shards []string) map[string]bool {
	w := &watcher{events: make(chan event, 10)} // step "capacity 10"
	var wg sync.WaitGroup
	for _, shard := range shards {
		wg.Go(func() { w.follow(shard) })
	}
	go func() {
		wg.Wait()
		close(w.events)
	}()
	serving := map[string]bool{}
	for e := range w.events {
		serving[e.shard] = e.serving
	}
	return serving
}
