// Package ok_closure_scope uses a function literal that is called at once as the scope of a lock (idioms C5, C6).
package ok_closure_scope

import "sync"

func ok(keys []string) map[string]int {
	lengths := map[string]int{}
	var mu sync.Mutex
	record := func(key string) {
		mu.Lock()
		defer mu.Unlock()
		lengths[key] = len(key)
	}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			record(key)
			func() {
				mu.Lock()
				defer mu.Unlock()
				lengths[key]++
			}()
		}()
	}
	wg.Wait()
	return lengths
}
