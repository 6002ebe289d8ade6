// Package cleanup_without_lock returns a function that removes an entry long after the lock has been given back.
package cleanup_without_lock

import "sync"

// service handles calls, each on a goroutine of its own.
type service interface {
	serve(id string)
}

type registry struct {
	services map[string]service
}

func (r *registry) add(name string, s service) { r.services[name] = s }

func (r *registry) dispatch(name, id string) <-chan bool {
	done := make(chan bool)
	go func() {
		defer close(done)
		r.services[name].serve(id)
	}()
	return done
}

type pending struct {
	mu    sync.Mutex
	calls map[string]int
}

func (p *pending) enter(id string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls[id]++
	return func() {
		delete(p.calls, id) // want "map cleanup_without_lock.pending.calls is written without cleanup_without_lock.pending.mu"
	}
}

func (p *pending) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for range p.calls {
		n++
	}
	return n
}

type echo struct {
	pending
}

func (e *echo) serve(id string) {
	leave := e.enter(id)
	defer leave()
}

func run(ids []string) int {
	e := &echo{pending: pending{calls: map[string]int{}}}
	r := &registry{services: map[string]service{}}
	r.add("echo", e)
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				<-r.dispatch("echo", id)
			}
		}()
	}
	wg.Wait()
	return e.count()
}
