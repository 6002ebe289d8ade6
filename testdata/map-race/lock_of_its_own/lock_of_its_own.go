// Package lock_of_its_own makes the lock inside the goroutine: every goroutine locks another one.
package lock_of_its_own

import "sync"

func bad(keys []string) map[string]bool {
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var mu sync.Mutex
			mu.Lock()
			defer mu.Unlock()
			seen[key] = true // want "map seen is written by several goroutines at once"
		}()
	}
	wg.Wait()
	return seen
}
