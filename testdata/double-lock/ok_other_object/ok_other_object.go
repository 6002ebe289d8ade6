// Package ok_other_object locks two objects of one type.
package ok_other_object

import "sync"

type account struct {
	mu      sync.Mutex
	balance int
	parent  *account
}

func (a *account) add(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

func (a *account) move(to *account, amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= amount
	to.add(amount)
	a.parent.add(amount)
}

func all(accounts []*account) {
	for _, one := range accounts {
		one.mu.Lock()
		accounts[0].balance++
		one.mu.Unlock()
	}
	first, second := accounts[0], accounts[1]
	first.mu.Lock()
	second.add(1)
	first.mu.Unlock()
}
