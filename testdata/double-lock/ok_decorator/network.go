// Package ok_decorator serialises what several kinds of configurators do by one lock, around each of them.
package ok_decorator

import "sync"

var mu sync.Mutex

type configurator interface {
	setup(name string) error
}

type serialised struct{ inner configurator }

func (s *serialised) setup(name string) error {
	mu.Lock()
	defer mu.Unlock()
	return s.inner.setup(name)
}

type bridge struct{ names []string }

func (b *bridge) setup(name string) error {
	b.names = append(b.names, name)
	return nil
}

type host struct{}

func (h host) setup(string) error { return nil }

func choose(kind string) configurator {
	switch kind {
	case "bridge":
		return &serialised{&bridge{}}
	case "host":
		return &serialised{host{}}
	}
	return host{}
}
