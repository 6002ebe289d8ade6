// Package ok_serialised_by_helper runs the callback under a lock of the helper (idiom C8).
package ok_serialised_by_helper

import "sync"

func each(mu *sync.Mutex, item string, f func(string)) {
	mu.Lock()
	defer mu.Unlock()
	f(item)
}

func forAll(items []string, f func(string)) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			each(&mu, item, f)
		}()
	}
	wg.Wait()
}

func ok(items []string) map[string]int {
	lengths := map[string]int{}
	forAll(items, func(item string) { lengths[item] = len(item) })
	return lengths
}
