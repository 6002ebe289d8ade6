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

func (a *account) deposit(amount int) {
	if amount < 1 {
		panic("nothing to deposit")
	}
	a.balance += amount
}

func (l *ledger) add(to string, amount int) int {
	l.mu.Lock() // want "l.mu stays locked when account.deposit panics and .*answer recovers"
	a := l.accounts[to]
	a.deposit(amount)
	left := a.balance
	l.mu.Unlock()
	return left
}

func failed(answer *int) {
	if recover() != nil {
		*answer = -1
	}
}

// answer defers a function with a name, which recovers all the same.
func (l *ledger) answer(to string, amount int) (answer int) {
	defer failed(&answer)
	return l.add(to, amount)
}

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
