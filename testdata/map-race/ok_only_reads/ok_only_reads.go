// Package ok_only_reads shares a map that nobody writes any more.
package ok_only_reads

import "sync"

func ok(keys []string) {
	ranks := map[string]int{"a": 1, "b": 2}
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = ranks[key]
			for range ranks {
				continue
			}
		}()
	}
	wg.Wait()
}
