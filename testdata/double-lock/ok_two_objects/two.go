// Package ok_two_objects keeps two objects of one type, of which one is asked under the lock of the other.
package ok_two_objects

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

func newHost(r, known *roster) *host { return &host{list: r, finder: known} }

func (h *host) check() []string {
	h.list.Each(h.friends)
	return h.missing
}

func (h *host) friends(_ string, friends []string) {
	for _, one := range friends {
		if !h.finder.Knows(one) {
			h.missing = append(h.missing, one)
		}
	}
}

func use() []string {
	today, ever := &roster{guests: map[string][]string{}}, &roster{guests: map[string][]string{}}
	today.Invite("ada", "grace")
	return newHost(today, ever).check()
}
