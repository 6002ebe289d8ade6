// Package ok_lock_methods locks through methods of its own, one of which is given the lock by pointer.
package ok_lock_methods

import "sync"

type pool struct {
	mu   sync.Mutex
	busy map[int]bool
}

func (p *pool) lock()   { p.mu.Lock() }
func (p *pool) unlock() { p.mu.Unlock() }

func under(mu *sync.Mutex, f func()) {
	mu.Lock()
	defer mu.Unlock()
	f()
}

func (p *pool) take(id int) {
	p.lock()
	defer p.unlock()
	p.busy[id] = true
}

func (p *pool) give(id int) {
	under(&p.mu, func() { delete(p.busy, id) })
}

func ok(n int) {
	p := &pool{busy: map[int]bool{}}
	var wg sync.WaitGroup
	for id := range n {
		wg.Go(func() {
			p.take(id)
			p.give(id)
		})
	}
	wg.Wait()
}
