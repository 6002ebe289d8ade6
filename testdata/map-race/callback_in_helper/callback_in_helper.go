// Package callback_in_helper hands a callback to a helper that runs it once for each item, all at once.
package callback_in_helper

import "sync"

func forAll(items []string, f func(string) error) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, item := range items {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			if err := f(item); err != nil { // step "callback"
				mu.Lock()
				first = err
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return first
}

func bad(items []string) map[string]int {
	lengths := map[string]int{}
	_ = forAll(items, func(item string) error {
		lengths[item] = len(item) // want "map lengths is written by several goroutines at once"
		return nil
	})
	return lengths
}
