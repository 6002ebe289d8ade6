// Package package_lock guards a package variable and forgets the lock on one branch.
package package_lock

import "sync"

var (
	mu	sync.Mutex
	known = map[string]int{}
)

func add(name string) int {
	mu.Lock()
	if id, ok := known[name]; ok {
		return id // want "mu stays locked on a path on which add returns"
	}
	known[name] = len(known)
	id := known[name]
	mu.Unlock()
	return id
}
