// Package ok_try_lock never waits for its second lock.
package ok_try_lock

import "sync"

type pair struct {
	left, right sync.Mutex
	sum         int
}

func (p *pair) one() {
	p.left.Lock()
	defer p.left.Unlock()
	p.right.Lock()
	defer p.right.Unlock()
	p.sum++
}

func (p *pair) other() bool {
	p.right.Lock()
	defer p.right.Unlock()
	if !p.left.TryLock() {
		return false
	}
	defer p.left.Unlock()
	p.sum--
	return true
}
