// Package clear_in_goroutine clears a map beside those who read it.
package clear_in_goroutine

import "sync"

func bad(keys []string) {
	cache := map[string]int{"a": 1}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range 50 {
			clear(cache) // want "map cache is written while another goroutine may read it"
		}
	}()
	for range 50 {
		for range cache { // step "reads cache"
		}
	}
	wg.Wait()
}
