// Package ok_cleanup_with_lock takes the lock again where an entry is removed.
package ok_cleanup_with_lock

import "sync"

type pending struct {
	mu    sync.Mutex
	calls map[string]int
}

func (p *pending) enter(id string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls[id]++
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.calls, id)
	}
}

func (p *pending) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.calls)
}

// fill is run before anybody else has the object.
func (p *pending) fill(ids []string) {
	for _, id := range ids {
		p.calls[id] = 0
	}
}

func run(ids []string) int {
	p := &pending{calls: map[string]int{}}
	p.fill(ids)
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				p.enter(id)()
			}
		}()
	}
	wg.Wait()
	return p.count()
}
