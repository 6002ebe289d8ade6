// Package panic_under_lock panics with a lock held; what serves requests recovers, and the lock stays locked.
package panic_under_lock

import "sync"

type account struct{ balance int }

func (a *account) withdraw(amount int) {
	if amount > a.balance {
		panic("overdrawn") // step "stays locked"
	}
	a.balance -= amount
}

type ledger struct {
	mu       sync.Mutex
	accounts map[string]*account
}

func (l *ledger) pay(from string, amount int) int {
	l.mu.Lock() // want "l.mu stays locked when account.withdraw panics and .*serve recovers"
	a := l.accounts[from]
	book(a, amount) // step "calls, with the lock"
	left := a.balance
	l.mu.Unlock()
	return left
}

func book(a *account, amount int) { a.withdraw(amount) }

func serve(request func() int) (answer int) {
	defer func() {
		if recover() != nil {
			answer = -1
		}
	}()
	return request()
}

func (l *ledger) handle(from string, amount int) int {
	return serve(func() int { return l.pay(from, amount) })
}
