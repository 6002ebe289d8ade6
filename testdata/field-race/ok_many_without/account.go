// case: min-confidence=medium

// Package ok_many_without fills accounts in before they are shared, by one function for each setting.
package ok_many_without

import "sync"

type account struct {
	mu    sync.Mutex
	limit int
}

var settings = map[string]func(a *account, value int){
	"small":  small,
	"large":  large,
	"double": double,
	"half":   half,
	"none":   none,
	"exact":  exact,
}

func small(a *account, value int)  { a.limit = min(value, 10) }
func large(a *account, value int)  { a.limit = max(value, 10) }
func double(a *account, value int) { a.limit = 2 * value }
func half(a *account, value int)   { a.limit = value / 2 }
func none(a *account, _ int)       { a.limit = -1 }
func exact(a *account, value int)  { a.limit = value }

func parse(name string, value int) *account {
	a := &account{}
	settings[name](a, value)
	return a
}

func (a *account) get() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.limit
}

func (a *account) raise(by int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limit = a.limit + by
}

func (a *account) lower(by int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limit = a.limit - by
}

func (a *account) reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limit = 0
}

func (a *account) allows(n int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return n <= a.limit
}

func (a *account) unlimited() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.limit < 0
}

func (a *account) cap(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limit = min(a.limit, n)
}

func (a *account) copyTo(b *account) {
	a.mu.Lock()
	limit := a.limit
	a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limit = limit
}
