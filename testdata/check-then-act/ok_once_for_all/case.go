// Package ok_once_for_all has one sync.Once for all who come with a name, or one that nobody else looks for.
package ok_once_for_all

import "sync"

var onces sync.Map

func load(name string, read func(string) error) error {
	once, _ := onces.LoadOrStore(name, &sync.Once{})
	var err error
	once.(*sync.Once).Do(func() { err = read(name) })
	return err
}

type pools struct {
	mu    sync.Mutex
	onces map[string]*sync.Once
}

func (p *pools) load(name string, read func(string)) {
	p.mu.Lock()
	once := p.onces[name]
	if once == nil {
		once = &sync.Once{}
		p.onces[name] = once
	}
	p.mu.Unlock()
	once.Do(func() { read(name) })
}

func (p *pools) forget(name string) {
	p.mu.Lock()
	p.onces[name] = &sync.Once{}
	p.mu.Unlock()
}

func each(stop func(), steps []func() error) {
	once := &sync.Once{}
	defer once.Do(stop)
	for _, step := range steps {
		if step() != nil {
			once.Do(stop)
		}
	}
}
