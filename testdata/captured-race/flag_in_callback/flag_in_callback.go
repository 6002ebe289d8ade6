// Package flag_in_callback sets a flag in a callback that a helper runs on many goroutines.
package flag_in_callback

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

func bad(items []string) bool {
	found := false
	forAll(items, func(item string) {
		if item == "x" {
			found = true // want "variable found is written by several goroutines at once"
		}
	})
	return found
}
