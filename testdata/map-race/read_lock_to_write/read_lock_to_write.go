// Package read_lock_to_write writes under a read lock.
package read_lock_to_write

import "sync"

func bad(keys []string) map[string]bool {
	seen := map[string]bool{}
	var mu sync.RWMutex
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.RLock()
			defer mu.RUnlock()
			seen[key] = true // want "map seen is written by several goroutines at once"
		}()
	}
	wg.Wait()
	return seen
}
