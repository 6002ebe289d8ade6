// Package embedded promotes the methods of its mutex.
package embedded

import "sync"

type plan struct {
	sync.Mutex
	steps []string
}

type planner struct{ current *plan }

func (p *plan) add(step string) {
	p.Lock() // step "takes p"
	defer p.Unlock()
	p.steps = append(p.steps, step)
}

func (p *planner) start() {
	p.current.Lock()
	defer p.current.Unlock()
	p.current.add("start") // want "p.current is locked again"
}
