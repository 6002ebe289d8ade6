// Package condition_of_a_field has two conditions: one is signalled by a parameter, the other by nobody.
package condition_of_a_field

import "sync"

type pool struct {
	mu    sync.Mutex
	empty *sync.Cond
	items map[int]bool
}

func newPool() *pool {
	p := &pool{items: map[int]bool{}}
	p.empty = sync.NewCond(&p.mu)
	return p
}

func (p *pool) remove(id int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.items, id)
}

func (p *pool) drained() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.items) > 0 {
		p.empty.Wait() // want "this wait never ends: nobody signals .*pool.empty"
	}
}

func tell(condition *sync.Cond) { condition.Broadcast() }
