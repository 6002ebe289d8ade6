// Package ok_unlocked_twice_by_callee has a callee that gives its caller's lock back twice and takes it again each time.
package ok_unlocked_twice_by_callee

import "sync"

type journal struct {
	mu      sync.Mutex
	commits sync.Mutex
	queue   []int
}

func (j *journal) compact() error {
	j.mu.Lock()
	n := len(j.queue)
	err := func() error {
		for i := range n {
			if j.queue[i] > 2 {
				j.mu.Unlock()
				j.commits.Lock()
				j.mu.Lock()
				defer j.commits.Unlock()
				j.rotate()
				return nil
			}
		}
		return nil
	}()
	j.mu.Unlock()
	return err
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
	j.queue = append(j.queue, 1)
	j.mu.Unlock()
	println("opened")
	j.mu.Lock()
	j.queue = append(j.queue, 2)
}
