// Package ok_counted_loop gives goroutines the counter of a loop: since Go 1.22 `step` counts on in another copy.
package ok_counted_loop

import "sync"

func ok(cells []int, visit func(int)) {
	var wg sync.WaitGroup
	for at, step := 0, 1; at < len(cells); at += step {
		wg.Add(1)
		go func() {
			defer wg.Done()
			cells[at] = step
			visit(at)
		}()
	}
	wg.Wait()
}
