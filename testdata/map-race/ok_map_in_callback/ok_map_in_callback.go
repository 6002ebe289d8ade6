// Package ok_map_in_callback makes the map inside the callback (idioms C9, C22).
package ok_map_in_callback

import "sync"

func ok(items []string) {
	var wg sync.WaitGroup
	for _, item := range items {
		local := map[string]int{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			own := map[string]int{}
			own[item]++
			local[item] = own[item]
		}()
	}
	wg.Wait()
}
