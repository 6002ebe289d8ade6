// Package written_in_reader has helpers that run a function under the lock: one of them for reading only.
package written_in_reader

import "sync"

type use struct {
	last  int
	times int
}

func (u *use) note(now int) {
	u.last = now // want "field u.last is written while written_in_reader.index.mu is held for reading only"
}

func (u *use) since(now int) int { return now - u.last }

type page struct {
	use
	text string
}

type index struct {
	mu    sync.RWMutex
	pages map[string]*page
	asked int
}

func (x *index) lookAt(pages map[string]*page, fn func(map[string]*page)) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	fn(pages)
}

func reading[T any](x *index, fn func() T) T {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return fn()
}

func (x *index) change(fn func()) {
	x.mu.Lock()
	fn()
	x.mu.Unlock()
}

func (x *index) find(name string, now int) string {
	return reading(x, func() string {
		p := x.pages[name]
		if p == nil {
			return ""
		}
		p.note(now)
		x.asked++ // want "field x.asked is written while written_in_reader.index.mu is held for reading only"
		return p.text
	})
}

// put makes the page before others know it.
func (x *index) put(name, text string, now int) {
	p := &page{text: text}
	p.note(now)
	x.change(func() {
		p.times++
		x.pages[name] = p
	})
}

func (x *index) drop(now int) {
	x.change(func() {
		for name, p := range x.pages {
			if p.since(now) > 10 {
				delete(x.pages, name)
			}
		}
	})
}

// copies makes objects of its own with the lock for reading.
func (x *index) copies() []*page {
	return reading(x, func() []*page {
		var all []*page
		for _, p := range x.pages {
			mine := &page{text: p.text}
			mine.times++
			all = append(all, mine)
		}
		return all
	})
}
