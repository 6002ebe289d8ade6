// Package package_total reads a package variable without the lock that guards it elsewhere.
package package_total

import "sync"

var (
	mu    sync.Mutex
	total int
)

func add(n int) {
	mu.Lock()
	defer mu.Unlock()
	total += n
}

func take(n int) {
	mu.Lock()
	defer mu.Unlock()
	total -= n
}

func sum() int {
	return total // want "field package_total.total is read without package_total.mu, which is held at 4 of 5 accesses"
}
