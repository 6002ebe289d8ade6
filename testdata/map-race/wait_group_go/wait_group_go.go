// Package wait_group_go starts its goroutines through WaitGroup.Go.
package wait_group_go

import "sync"

func bad(keys []string) map[string]bool {
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() { // step "goroutine"
			seen[key] = true // want "map seen is written by several goroutines at once"
		})
	}
	wg.Wait()
	return seen
}
