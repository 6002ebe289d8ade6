// Package ok_unlocked_by_callee hands a locked queue over to who unlocks it.
package ok_unlocked_by_callee

import "sync"

type queue struct {
	mu    sync.Mutex
	items []int
	sent  int
}

func (q *queue) push(n int, done *sync.WaitGroup) {
	q.mu.Lock()
	q.items = append(q.items, n)
	if len(q.items) < 3 {
		q.mu.Unlock()
		done.Done()
		return
	}
	go q.flushAndUnlock(done)
}

func (q *queue) flushAndUnlock(done *sync.WaitGroup) {
	defer done.Done()
	q.sent += len(q.items)
	q.items = q.items[:0:0]
	q.mu.Unlock()
}

func (q *queue) total() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.sent + len(q.items)
}

func run(n int) int {
	q := &queue{}
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go q.push(i, &wg)
		go q.total()
	}
	wg.Wait()
	return q.total()
}
