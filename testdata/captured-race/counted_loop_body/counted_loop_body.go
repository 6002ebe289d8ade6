// Package counted_loop_body counts on in the body of a loop, where the goroutine has the same copy of the counter.
package counted_loop_body

import "sync"

func skipping(cells []int) {
	var wg sync.WaitGroup
	for at := 0; at < len(cells); at++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = cells[at%len(cells)]
		}()
		if cells[at] == 0 {
			at++ // want "variable at is written while another goroutine may read it"
		}
	}
	wg.Wait()
}
