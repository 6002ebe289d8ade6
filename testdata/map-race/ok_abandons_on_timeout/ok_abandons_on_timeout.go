// Package ok_abandons_on_timeout looks at the map only in the branch that knows the goroutine has ended: the fixed
// twin of read_after_timeout.
package ok_abandons_on_timeout

import "time"

func ok(keys []int, wait time.Duration) int {
	found := map[int]bool{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, key := range keys {
			found[key] = true
		}
	}()
	select {
	case <-done:
		delete(found, 0)
		return len(found)
	case <-time.After(wait):
		return -1
	}
}
