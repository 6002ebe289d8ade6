// Package break_out leaves the loop, and then the function, without the unlock at the end of the body.
package break_out

import "sync"

type queue struct {
	lock  sync.Mutex
	items []int
}

func (q *queue) drain(limit int) int {
	sum := 0
	for sum < limit {
		q.lock.Lock()
		if len(q.items) == 0 {
			break
		}
		sum += q.items[0]
		q.items = q.items[1:]
		q.lock.Unlock()
	}
	return sum // want "q.lock stays locked on a path on which queue.drain returns"
}
