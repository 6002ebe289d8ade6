// Package ok_copy_before_write writes copies only (idiom C10).
package ok_copy_before_write

import (
	"maps"
	"sync"
)

func with(vars map[string]int, key string) map[string]int {
	out := make(map[string]int, len(vars)+1)
	for k, v := range vars {
		out[k] = v
	}
	out[key] = 1
	return out
}

func ok(items []string) {
	shared := map[string]int{"a": 1}
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			own := maps.Clone(shared)
			own[item] = 2
			other := with(shared, item)
			other[item]++
		}()
	}
	wg.Wait()
}
