// Package wrapper_type hides the mutex in a lock type of its own.
package wrapper_type

import "sync"

type timedMutex struct {
	inner sync.Mutex
	taken int
}

func (m *timedMutex) Lock() {
	m.inner.Lock() // step "takes"
	m.taken++
}

func (m *timedMutex) Unlock() { m.inner.Unlock() }

type queue struct {
	lock timedMutex
	jobs []int
}

func (q *queue) size() int {
	q.lock.Lock()
	defer q.lock.Unlock()
	return len(q.jobs)
}

func (q *queue) push(job int) {
	q.lock.Lock()
	defer q.lock.Unlock()
	if q.size() < 10 { // want "is locked again"
		q.jobs = append(q.jobs, job)
	}
}
