// Package retaken_by_callee has a callee that gives its caller's lock back, takes it again, and calls what takes it.
package retaken_by_callee

import "sync"

type journal struct {
	mu    sync.Mutex
	queue []int
}

func (j *journal) flush() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.rotate()
}

func (j *journal) rotate() {
	j.mu.Unlock()
	println("closed")
	j.mu.Lock()
	j.mu.Unlock()
	println("opened")
	j.mu.Lock()
	j.queue = append(j.queue, j.size()) // want "j.mu is locked again while this goroutine holds it"
}

func (j *journal) size() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.queue)
}
