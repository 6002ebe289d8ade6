// Package skipped_item counts an item that it then skips.
package skipped_item

import "sync"

func all(items []int, work func(int)) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1) // want "wg.Add.1. is left without a Done on a path through all"
		if item < 0 {
			continue
		}
		go func() {
			defer wg.Done()
			work(item)
		}()
	}
	wg.Wait()
}
