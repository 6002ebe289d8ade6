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

func (a *account) move(by, highest int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limit = a.limit + by
	if a.limit > highest {
		a.limit = highest
	}
	if a.limit < 0 {
		a.limit = 0
	}
	if a.limit%2 != 0 {
		a.limit = a.limit - 1
	}
	return a.limit
}
