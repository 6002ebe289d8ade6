// Package try_lock returns without the lock, which is right, and with it, which is not.
package try_lock

import "sync"

type job struct {
	mu   sync.Mutex
	runs int
}

func (j *job) run(work func() error) error {
	if !j.mu.TryLock() {
		return nil
	}
	if err := work(); err != nil {
		return err // want "j.mu stays locked on a path on which job.run returns"
	}
	j.runs++
	j.mu.Unlock()
	return nil
}
