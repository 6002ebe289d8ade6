// Package ok_lock_in_callback takes a lock at the top of the callback that many goroutines run (idiom C7).
package ok_lock_in_callback

import "sync"

func forAll(items []string, f func(string)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(item)
		}()
	}
	wg.Wait()
}

func ok(items []string) map[string]int {
	lengths := map[string]int{}
	var mu sync.Mutex
	forAll(items, func(item string) {
		mu.Lock()
		defer mu.Unlock()
		lengths[item] = len(item)
	})
	return lengths
}
