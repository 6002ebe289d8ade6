// Package ok_fake_controller has a controller, and a fake of it whose maps only a test's own goroutine touches.
package ok_fake_controller

import "sync"

type controller interface {
	serve(name string)
	stats() int
}

type real struct {
	mu    sync.Mutex
	calls map[string]int
}

func (r *real) serve(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls[name]++
}

func (r *real) stats() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.calls)
}

func serveAll(c controller, names []string) int {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { c.serve(name) })
	}
	wg.Wait()
	return c.stats()
}

func run() { serveAll(&real{calls: map[string]int{}}, []string{"a", "b", "c"}) }
