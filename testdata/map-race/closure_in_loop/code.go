// Package closure_in_loop starts goroutines in a loop that write one map.
package closure_in_loop

import "sync"

func badSet(keys []string) map[string]bool {
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() { // step "goroutine"
			defer wg.Done()
			seen[key] = true // want "map seen is written by several goroutines at once" // step "writes seen"
		}()
	}
	wg.Wait()
	return seen
}

func badDelete(seen map[string]bool, keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			delete(seen, key) // want "map seen is written"
		}()
	}
	wg.Wait()
}
