// Package written_by_others has a struct with a lock of its own, and another that writes into it without that lock.
package written_by_others

// case: min-confidence=medium

import "sync"

type job struct {
	mu    sync.Mutex
	ready bool
	queue []int
}

func (j *job) add(n int) {
	if n < 0 {
		j.ready = false
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ready {
		j.ready = len(j.queue) == 0
	}
	j.queue = append(j.queue, n)
	j.drain()
}

func (j *job) drain() {
	if !j.ready {
		j.queue = nil
	}
}

func (j *job) idle() bool { return !j.ready }

type keeper struct {
	mu   sync.Mutex
	jobs map[string]*job
}

func (k *keeper) load(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.jobs[name].ready = true // want "field written_by_others.job.ready is written without written_by_others.job.mu"
}
