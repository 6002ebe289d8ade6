// Package same_object_twice keeps one object in two fields, one of them an interface.
package same_object_twice

import "sync"

type roster struct {
	mu     sync.RWMutex
	guests map[string][]string
}

func (r *roster) Invite(name string, friends ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.guests[name] = friends
}

func (r *roster) Knows(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.guests[name]
	return ok
}

func (r *roster) Each(visit func(name string, friends []string)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for name, friends := range r.guests {
		visit(name, friends)
	}
}

type finder interface{ Knows(name string) bool }

type host struct {
	list    *roster
	finder  finder
	missing []string
}

func newHost(r *roster) *host { return &host{list: r, finder: r} }

func (h *host) check() []string {
	h.list.Each(h.friends) // want "is locked for reading again while this goroutine holds it"
	return h.missing
}

func (h *host) friends(_ string, friends []string) {
	for _, one := range friends {
		if !h.finder.Knows(one) { // step "calls Knows"
			h.missing = append(h.missing, one)
		}
	}
}

func use() []string {
	r := &roster{guests: map[string][]string{}}
	r.Invite("ada", "grace")
	return newHost(r).check()
}
