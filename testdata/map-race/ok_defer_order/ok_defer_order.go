// Package ok_defer_order writes in a deferred function that runs before the deferred unlock (idiom C4).
package ok_defer_order

import "sync"

func ok(keys []string) map[string]bool {
	done := map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			defer func() { done[key] = true }()
		}()
	}
	wg.Wait()
	return done
}
