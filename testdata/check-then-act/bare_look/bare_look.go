// Package bare_look looks at a flag without its lock and takes the lock only to set it.
package bare_look

import (
	"errors"
	"sync"
)

type Agent struct {
	mu      sync.Mutex
	running bool
}

var errRunning = errors.New("a backup is running")

func (a *Agent) Backup(work func() error) error {
	if a.running { // step "tests a.running"
		return errRunning
	}
	a.mu.Lock()
	a.running = true // want "tests a.running and then sets it with the lock for the second only: two goroutines may both pass"
	a.mu.Unlock()
	err := work()
	a.mu.Lock()
	a.running = false
	a.mu.Unlock()
	return err
}
