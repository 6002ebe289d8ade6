// Package ok_panic_under_lock releases its lock in a defer, or goes down with the panic.
package ok_panic_under_lock

import "sync"

type account struct{ balance int }

func (a *account) withdraw(amount int) {
	if amount > a.balance {
		panic("overdrawn")
	}
	a.balance -= amount
}

type ledger struct {
	mu       sync.Mutex
	accounts map[string]*account
}

func (l *ledger) pay(from string, amount int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.accounts[from]
	a.withdraw(amount)
	return a.balance
}

func (l *ledger) settle(from string, amount int) {
	l.mu.Lock()
	l.accounts[from].withdraw(amount)
	l.mu.Unlock()
}

func serve(request func() int) (answer int) {
	defer func() {
		if recover() != nil {
			answer = -1
		}
	}()
	return request()
}

func guarded(request func()) {
	defer func() {
		if problem := recover(); problem != nil {
			panic(problem)
		}
	}()
	request()
}

func (l *ledger) handle(from string, amount int) int {
	go l.settle(from, amount)
	guarded(func() { l.settle(from, 1) })
	return serve(func() int { return l.pay(from, amount) })
}
