// Package read_and_write takes a lock for reading on one side and for writing on the other.
package read_and_write

import "sync"

var (
	routes   sync.RWMutex
	sessions sync.Mutex
	table    = map[string]int{}
	open     = 0
)

func Route(name string) int {
	routes.RLock()
	defer routes.RUnlock()
	sessions.Lock()
	defer sessions.Unlock()
	open++
	return table[name]
}

func Reload() {
	sessions.Lock()
	defer sessions.Unlock()
	if open == 0 {
		routes.Lock() // want "routes is taken while sessions is held"
		table = map[string]int{}
		routes.Unlock()
	}
}
