// Package ranged_while_written ranges over a map and starts goroutines that write it.
package ranged_while_written

import "sync"

func bad(positions map[string]int) {
	var wg sync.WaitGroup
	for name, at := range positions { // step "reads positions"
		wg.Add(1)
		go func() {
			defer wg.Done()
			positions[name] = at + 1 // want "map positions is written"
		}()
	}
	wg.Wait()
}
