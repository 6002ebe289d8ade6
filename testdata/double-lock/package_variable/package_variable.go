// Package package_variable guards a registry by a lock of the package.
package package_variable

import "sync"

var (
	mu    sync.Mutex
	names = map[string]bool{}
)

func Register(name string) bool {
	mu.Lock()
	defer mu.Unlock()
	if Known(name) { // want "mu is locked again"
		return false
	}
	names[name] = true
	return true
}

func Known(name string) bool {
	mu.Lock()
	defer mu.Unlock()
	return names[name]
}
