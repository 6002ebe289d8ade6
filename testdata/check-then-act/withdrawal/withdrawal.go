// Package withdrawal asks for the balance in one locked call and takes the money in another.
package withdrawal

import "sync"

type Account struct {
	mu      sync.Mutex
	balance int
}

func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance // step "reads a.balance .in Account.Balance"
}

func (a *Account) Withdraw(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= n // step "sets a.balance .in Account.Withdraw"
}

func (a *Account) Deposit(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
}

func Pay(from, to *Account, n int) bool {
	if from.Balance() < n { // step "tests from.Balance"
		return false
	}
	from.Withdraw(n) // want "Pay tests from.Balance.* and then calls from.Withdraw.* both go on"
	to.Deposit(n)
	return true
}
