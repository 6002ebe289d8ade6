// Package callbacks_in_struct hands over two callbacks in a struct that the callee keeps: one it runs under its lock,
// the other as it comes.
package callbacks_in_struct

import "sync"

type events struct {
	onItem func(string)
	onSkip func(string)
}

type walk struct {
	events events

	mu    sync.Mutex
	items int
}

func (w *walk) item(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items++
	w.events.onItem(name)
}

func (w *walk) visit(names []string) {
	for _, name := range names {
		if name == "" {
			w.events.onSkip(name)
			continue
		}
		w.item(name)
	}
}

func walkAll(lists [][]string, events events) int {
	w := &walk{events: events}
	ended := make(chan struct{})
	for _, names := range lists {
		go func() {
			w.visit(names)
			ended <- struct{}{}
		}()
	}
	for range lists {
		<-ended
	}
	return w.items
}

func count(lists [][]string) (found map[string]bool, skipped int) {
	found = map[string]bool{}
	items := 0
	onSkip := func(string) {
		skipped++ // want "variable skipped is written by several goroutines at once"
	}
	walkAll(lists, events{
		onItem: func(name string) {
			items++
			found[name] = true
		},
		onSkip: onSkip,
	})
	return found, skipped
}
