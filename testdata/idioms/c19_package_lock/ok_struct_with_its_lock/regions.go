// Package ok_struct_with_its_lock has a package variable whose struct holds a map and its lock, and a global map that a
// global lock guards through a function literal.
package ok_struct_with_its_lock

import "sync"

var regions = struct {
	mu      sync.Mutex
	byCell  map[string]string
	updated int
}{byCell: map[string]string{}}

var (
	healthMu sync.Mutex
	health   = make(map[string]*window)
)

type window struct{ good, bad int }

func region(cell string) string {
	regions.mu.Lock()
	defer regions.mu.Unlock()
	if found, known := regions.byCell[cell]; known {
		return found
	}
	regions.byCell[cell] = cell
	regions.updated++
	return cell
}

func reset() {
	regions.mu.Lock()
	defer regions.mu.Unlock()
	regions.byCell = make(map[string]string)
}

func record(alias string, success bool) window {
	return func() window {
		healthMu.Lock()
		defer healthMu.Unlock()
		w := health[alias]
		if w == nil {
			w = &window{}
			health[alias] = w
		}
		w.add(success)
		if w.good > 10 {
			delete(health, alias)
		}
		return *w
	}()
}

func (w *window) add(success bool) {
	if success {
		w.good++
		return
	}
	w.bad++
}

func run() {
	var wg sync.WaitGroup
	for _, cell := range []string{"a", "b", "c", "a"} {
		wg.Go(func() {
			region(cell)
			reset()
			record(cell, cell == "a")
		})
	}
	wg.Wait()
}
