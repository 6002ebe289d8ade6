// Package ok_two_ways_down takes the list before the stock in both directions of a transfer.
package ok_two_ways_down

import "sync"

type warehouse struct {
	list  sync.Mutex
	stock sync.RWMutex
	names []string
	items map[string]int
}

func (w *warehouse) add(name string, n int) {
	w.list.Lock()
	defer w.list.Unlock()
	w.stock.Lock()
	defer w.stock.Unlock()
	w.names = append(w.names, name)
	w.items[name] += n
}

func (w *warehouse) take(name string) int {
	w.list.Lock()
	defer w.list.Unlock()
	w.stock.Lock()
	n := w.items[name]
	delete(w.items, name)
	w.stock.Unlock()
	w.names = w.names[:0]
	return n
}

func (w *warehouse) count(name string) int {
	w.stock.RLock()
	defer w.stock.RUnlock()
	return w.items[name]
}
