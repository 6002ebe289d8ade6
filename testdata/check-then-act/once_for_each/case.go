// Package once_for_each makes a sync.Once for everybody who comes, and puts it where the next one makes another.
package once_for_each

import "sync"

var onces sync.Map

func load(name string, read func(string) error) error {
	var once any = &sync.Once{}
	onces.Store(name, once) // step "takes the place"
	var err error
	once.(*sync.Once).Do(func() { err = read(name) }) // want "load runs a sync.Once that it has just made"
	return err
}

type pools struct {
	mu    sync.Mutex
	onces map[string]*sync.Once
}

func (p *pools) load(name string, read func(string)) {
	once := &sync.Once{}
	p.mu.Lock()
	p.onces[name] = once
	p.mu.Unlock()
	once.Do(func() { read(name) }) // want "pools.load runs a sync.Once that it has just made"
}
